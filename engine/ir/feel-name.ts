// What counts as a name in FEEL: known here so that elements can name variables as expressions read them.

/** Whether a name reads as one FEEL identifier, so it needs no declaration. */
export function isPlainName(name: string): boolean {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name);
}

/** Words of the language; a variable may be called so only in backticks. */
const reserved: ReadonlySet<string> = new Set(
  'and or not if then else for in return some every satisfies between instance of function external true false null'.split(
    ' ',
  ),
);

/** Whether a name is a word of the language. */
export function isReserved(name: string): boolean {
  return reserved.has(name);
}

/** Whether a name can be written as it is where FEEL reads a name. */
export function isWritableName(name: string): boolean {
  return isPlainName(name) && !reserved.has(name);
}
