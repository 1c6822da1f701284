const deepest = 64;
const prototypeNames = new Set(['__proto__', 'constructor', 'prototype']);

type Place = { readonly value: unknown; readonly path: string; readonly depth: number };

/**
 * Path of the first thing in parsed JSON that could not be stored or would reach into the program: NUL or half of a surrogate pair in a text
 * or name, a name of a prototype member, nesting without end. Walks without recursion, for it may be nested deeper than the stack.
 */
export function unstorableAt(json: unknown): string | undefined {
  const open: Place[] = [{ value: json, path: '', depth: 0 }];
  for (let place = open.pop(); place; place = open.pop()) {
    const { value, path, depth } = place;
    if (depth > deepest || (typeof value === 'string' && !isStorableText(value))) return path;
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, inner] of Object.entries(value)) {
      if (prototypeNames.has(name) || !isStorableText(name)) return `${path}.${JSON.stringify(name)}`;
      open.push({ value: inner, path: path === '' ? name : `${path}.${name}`, depth: depth + 1 });
    }
  }
  return undefined;
}

/** Whether a text has only whole characters and no NUL. */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}
