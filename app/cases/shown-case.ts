import type { Named } from '../server/services.ts';
import { useLanguage } from '../ui/role-names.ts';
import type { loadCase } from './load-case.server.ts';

/** What the case page shows. */
export type ShownCase = NonNullable<Awaited<ReturnType<typeof loadCase>>>;

/** Names elements of the diagram in the language shown. */
export function useElementName(names: Readonly<Record<string, Named>>): (id: string) => string {
  const language = useLanguage();
  return (id) => names[id]?.[language] ?? id;
}
