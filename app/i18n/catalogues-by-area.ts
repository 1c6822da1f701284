/** Texts of one language: by area (file name), then by key. */
export type Catalogue = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Names each catalogue file by its area: `./en/inbox.json` becomes `inbox`. */
export function byArea(files: Readonly<Record<string, Record<string, unknown>>>): Catalogue {
  return Object.fromEntries(Object.entries(files).map(([path, texts]) => [path.replace(/^.*\/|\.json$/g, ''), texts]));
}
