import type { RefusedBecause, ValueForm } from './attribute-table.ts';
import { readForeignText } from './expression-language.ts';

/** A value in our dialect, or why there is none. */
export type ValueResult =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly because: RefusedBecause; readonly detail?: string };

/** Reads the value of an attribute as its form asks. */
export function valueInForm(value: string, form: ValueForm): ValueResult {
  const read = readForeignText(value);
  if (read.kind === 'unsaid') return { ok: false, because: 'expression', detail: read.because };
  if (read.kind === 'feel') return { ok: true, value: `=${read.feel}` };
  const plain = read.text.trim();
  switch (form) {
    case 'variable':
      return { ok: true, value: `=${plain}` };
    case 'date':
      return { ok: true, value: /^-?P/.test(plain) ? `=now() + duration("${plain}")` : plain };
    case 'form-id':
      return /^[A-Za-z][\w-]*$/.test(plain)
        ? { ok: true, value: plain }
        : { ok: false, because: 'foreign-form', detail: plain };
    case 'retries':
      return retriesOf(plain);
    case 'text':
      return { ok: true, value: plain };
  }
}

function retriesOf(text: string): ValueResult {
  const count = /^R(\d+)\//.exec(text)?.[1] ?? (/^\d+$/.test(text) ? text : undefined);
  return count === undefined ? { ok: false, because: 'not-here', detail: text } : { ok: true, value: count };
}

/** The source of a mapping: text is written as a FEEL text, since that is what it is there. */
export function mappingSource(text: string): ValueResult {
  const read = readForeignText(text);
  if (read.kind === 'unsaid') return { ok: false, because: 'expression', detail: read.because };
  return { ok: true, value: read.kind === 'feel' ? `=${read.feel}` : `=${JSON.stringify(read.text.trim())}` };
}
