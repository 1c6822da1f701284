import type { Finding } from '../ir/finding.ts';

/** Limits of a file a hospital may draw; a real flow is far below them. */
const limits = { bytes: 5 * 1024 * 1024, depth: 100, elements: 20_000 };

/** Names that mean something to JavaScript objects; an element called so could reach where it must not. */
const prototypeNames: ReadonlySet<string> = new Set(['prototype', ...Object.getOwnPropertyNames(Object.prototype)]);

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
  const reference = findControlReference(xml);
  if (reference !== undefined)
    return refused(
      'bad-characters',
      'printable text',
      `there is a reference to a control character at ${placeOf(xml, reference)}`,
      placeOf(xml, reference),
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
    if (!isCharacter(xml.charCodeAt(index))) return index;
  }
  return undefined;
}

/** `&#0;` and the like: no XML either, but the parser would put the character in. */
function findControlReference(xml: string): number | undefined {
  for (const reference of xml.matchAll(/&#(?:x([0-9a-f]+)|([0-9]+));/gi)) {
    const [, hex, decimal = ''] = reference;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    if (!isCharacter(code) || (code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) return reference.index;
  }
  return undefined;
}

/** Whether XML allows a code unit at all (XML 1.0, 2.2). */
function isCharacter(code: number): boolean {
  return (code >= 32 || code === 9 || code === 10 || code === 13) && code !== 0xfffe && code !== 0xffff;
}

/** Counts tags without parsing, in one pass over the text: a bomb is refused before it costs anything. */
function checkShape(xml: string): Finding | undefined {
  let depth = 0;
  let elements = 0;
  for (let start = xml.indexOf('<'); start >= 0; ) {
    const end = endOfMarkup(xml, start);
    // The parser names what is not closed.
    if (end < 0) return undefined;
    const first = xml[start + 1];
    if (first === '/') depth -= 1;
    else if (first !== '!' && first !== '?') {
      elements += 1;
      if (xml[end - 1] !== '/') depth += 1;
    }
    if (depth > limits.depth) {
      const place = placeOf(xml, start);
      return refused('too-deep', `at most ${limits.depth} levels`, `there are more at ${place}`, place);
    }
    if (elements > limits.elements)
      return refused('too-many-elements', `at most ${limits.elements} elements`, 'the file has more');
    start = xml.indexOf('<', end);
  }
  return undefined;
}

/** Comments, character data and instructions end where their own mark stands; a tag at the first `>` outside its quotes. */
const endMarks = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;

/** Offset of the `>` that ends the markup beginning at `start`, or -1. */
function endOfMarkup(xml: string, start: number): number {
  for (const [begin, end] of endMarks) {
    if (!xml.startsWith(begin, start)) continue;
    const found = xml.indexOf(end, start + begin.length);
    return found < 0 ? -1 : found + end.length - 1;
  }
  for (let index = start + 1; index < xml.length; index += 1) {
    const character = xml[index];
    if (character === '>') return index;
    if (character !== '"' && character !== "'") continue;
    index = xml.indexOf(character, index + 1);
    if (index < 0) return -1;
  }
  return -1;
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
