import type { Language } from '../../engine/index.ts';

const openingTag = /<[\w:-]+\b[^<>]*\bclinical:nameEn="[^"]*"[^<>]*>/g;

/**
 * A diagram with the names of its elements in the language, for showing only: in English each element is called what
 * `clinical:nameEn` calls it. Other elements keep their names.
 */
export function localiseDiagram(xml: string, language: Language): string {
  if (language !== 'en') return xml;
  return xml.replace(openingTag, (tag) => {
    const [, english = ''] = /\bclinical:nameEn="([^"]*)"/.exec(tag) ?? [];
    if (english.trim() === '') return tag;
    const named = /\sname="[^"]*"/;
    // A function as replacement: `$` in a name must stay a dollar.
    return named.test(tag) ? tag.replace(named, () => ` name="${english}"`) : tag;
  });
}
