export { isPlainName, isReserved, isWritableName } from '../ir/feel-name.ts';

/** A name without needless spaces: none around `. / - ' + *`, one elsewhere. */
export function normalName(name: string): string {
  return name
    .replace(/`/g, '')
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/ ?([./\-'+*]) ?/g, '$1');
}
