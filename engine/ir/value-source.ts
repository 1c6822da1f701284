import type { ValueSource } from './kernel.ts';

/** Text of a zeebe attribute: FEEL when it starts with `=`, else the text itself. */
export function valueSource(text: string): ValueSource {
  return text.startsWith('=') ? { feel: text.slice(1).trim() } : { literal: text };
}

/** The same for an attribute that may be missing. */
export function optionalSource(text: string | undefined): ValueSource | undefined {
  return text === undefined ? undefined : valueSource(text);
}

/** Text that is FEEL with or without the leading `=`, e.g. a condition. */
export function feelOf(text: string): string {
  return text.startsWith('=') ? text.slice(1).trim() : text.trim();
}

/** A number written out, or FEEL with or without `=`. */
export function numberSource(text: string): ValueSource {
  return /^\d+$/.test(text) ? { literal: Number(text) } : { feel: feelOf(text) };
}

/** The text that stands in the diagram; nothing where it is computed, no text, or not said. */
export function writtenText(source: ValueSource | undefined): string | undefined {
  return source && 'literal' in source && typeof source.literal === 'string' ? source.literal : undefined;
}

/** Members of a comma list of codes, e.g. of candidate groups; blank ones are none. */
export function codesIn(list: string): readonly string[] {
  return list.split(',').flatMap((code) => code.trim() || []);
}

/** The codes that stand in the diagram; none where they are computed. */
export function writtenCodes(source: ValueSource | undefined): readonly string[] {
  return codesIn(writtenText(source) ?? '');
}
