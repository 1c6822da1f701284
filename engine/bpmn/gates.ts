import type { Finding } from '../ir/finding.ts';

/** Limits of a file a hospital may draw; a real flow is far below them. */
const limits = { bytes: 4 * 1024 * 1024, depth: 100, elements: 50_000 };

/** Names that mean something to JavaScript objects; an element called so could reach where it must not. */
const prototypeNames: ReadonlySet<string> = new Set([
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  'toString',
  'valueOf',
  '__defineGetter__',
  '__defineSetter__',
]);

/** Whether an id must be refused. */
export function isPrototypeName(id: string): boolean {
  return prototypeNames.has(id);
}

/** Looks at the text of a file before anything parses it; gives the first reason to refuse it. */
export function checkText(xml: string): Finding | undefined {
  const bytes = new TextEncoder().encode(xml).length;
  if (bytes > limits.bytes) return refused('file-too-large', `at most ${limits.bytes} bytes`, `the file has ${bytes}`);
  if (!xml.isWellFormed()) return refused('bad-characters', 'valid Unicode', 'the file has half a surrogate pair');
  const control = findControlCharacter(xml);
  if (control !== undefined)
    return refused(
      'bad-characters',
      'printable text',
      `there is a control character at ${placeOf(xml, control)}`,
      placeOf(xml, control),
    );
  const doctype = xml.search(/<!(DOCTYPE|ENTITY)/i);
  if (doctype >= 0)
    return refused(
      'doctype',
      'a file without document type',
      `there is one at ${placeOf(xml, doctype)}`,
      placeOf(xml, doctype),
    );
  return checkShape(xml);
}

function findControlCharacter(xml: string): number | undefined {
  for (let index = 0; index < xml.length; index += 1) {
    const code = xml.charCodeAt(index);
    if ((code < 32 && code !== 9 && code !== 10 && code !== 13) || code === 0xfffe || code === 0xffff) return index;
  }
  return undefined;
}

/** Counts tags without parsing: a bomb is refused before it costs anything. */
function checkShape(xml: string): Finding | undefined {
  let depth = 0;
  let elements = 0;
  const tags = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(\/?)[^\s/>!?][^>]*?(\/?)>/g;
  for (let tag = tags.exec(xml); tag; tag = tags.exec(xml)) {
    if (tag[1] === undefined) continue;
    if (tag[1] === '/') depth -= 1;
    else {
      elements += 1;
      if (tag[2] !== '/') depth += 1;
    }
    if (depth > limits.depth)
      return refused(
        'too-deep',
        `at most ${limits.depth} levels`,
        `there are more at ${placeOf(xml, tag.index)}`,
        placeOf(xml, tag.index),
      );
    if (elements > limits.elements)
      return refused('too-many-elements', `at most ${limits.elements} elements`, 'the file has more');
  }
  return undefined;
}

/** `line:column` of an offset. */
export function placeOf(xml: string, offset: number): string {
  const before = xml.slice(0, offset).split('\n');
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

function refused(rule: string, expected: string, but: string, path?: string): Finding {
  return {
    rule,
    severity: 'error',
    message: `Expected ${expected}, but ${but}`,
    ...(path === undefined ? {} : { path }),
  };
}
