import type { Finding } from '../ir/finding.ts';
import { findOffence } from './well-formed.ts';

/** Limits of a file a hospital may draw; a real flow is far below them. */
const limits = { bytes: 5 * 1024 * 1024, depth: 100, elements: 20_000, attributes: 200 };

/** Names that mean something to JavaScript objects; an element called so could reach where it must not. */
const prototypeNames: ReadonlySet<string> = new Set(['prototype', ...Object.getOwnPropertyNames(Object.prototype)]);

/** Whether an id must be refused. */
export function isPrototypeName(id: string): boolean {
  return prototypeNames.has(id);
}

/** Looks at the text of a file before anything parses it; gives the first reason to refuse it. */
export function checkText(xml: string): Finding | undefined {
  const bytes = new TextEncoder().encode(xml).length;
  if (bytes > limits.bytes)
    return refused(
      'file-too-large',
      `at most ${limits.bytes} bytes`,
      `the file has ${bytes}`,
      placeOf(xml, limits.bytes),
    );
  const half = xml.isWellFormed()
    ? -1
    : xml
        .toWellFormed()
        .split('')
        .findIndex((unit, at) => unit !== xml[at]);
  if (half >= 0) {
    const place = placeOf(xml, half);
    return refused('bad-characters', 'valid Unicode', `there is half a surrogate pair at ${place}`, place);
  }
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

/** What is no XML, or too much of it, in one pass over the text: a bomb is refused before it costs anything. */
function checkShape(xml: string): Finding | undefined {
  const offence = findOffence(xml, limits);
  if (!offence) return undefined;
  const place = placeOf(xml, offence.at);
  const expected = offence.rule === undefined ? `well-formed XML, with ${offence.expected}` : offence.expected;
  return refused(offence.rule ?? 'not-bpmn', expected, `${offence.but} at ${place}`, place);
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
