/** A name without needless spaces: none around `. / - ' + *`, one elsewhere. */
export function normalName(name: string): string {
  return name
    .replace(/`/g, '')
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/ ?([./\-'+*]) ?/g, '$1');
}

/** Whether a name reads as one FEEL identifier, so it needs no declaration. */
export function isPlainName(name: string): boolean {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name);
}
