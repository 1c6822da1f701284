import type { Finding } from '../../ir/finding.ts';
import type { IgnoredBecause, RefusedBecause } from './attribute-table.ts';
import type { ForeignWord } from './foreign-words.ts';

/** The element a finding tells of. */
export type Told = { readonly owner: string | undefined; readonly type: string };

const sentences: Readonly<Record<IgnoredBecause | RefusedBecause, string>> = {
  'own-transactions': 'it makes no difference here: every step is stored before the next one begins',
  operations: 'it makes no difference to how a case runs',
  'said-here': 'the same is said in the zeebe dialect, which holds',
  'other-rule': 'another rule decides it here',
  'one-case': 'what belongs together is published and versioned together here',
  program: 'it names a program; use a job type and a connector',
  'built-in-task': 'it is a task only its own engine has; use a job type and a connector',
  listener: 'there are no listeners here; draw what they do as a step',
  'foreign-form': 'it is no form of this package; draw the form here and name it',
  'own-starters': 'who may start a flow is set with the flow, and who did is in actors',
  script: 'its script is not a single simple expression',
  expression: 'it is no simple expression',
  'not-here': 'it has no counterpart here',
  unknown: 'it is not known here',
};

/** What was read as what. */
export function translatedFinding(
  word: ForeignWord,
  { value, to }: { readonly value: string; readonly to: string },
  told: Told,
): Finding {
  const { engine, name } = word;
  return {
    rule: 'vendor-translated',
    severity: 'info',
    message: `Expected the zeebe dialect, but ${name}="${value}" is written for ${engine} and is read as ${to}`,
    ...placeOf(told),
    path: name,
    params: { engine, word: name, value, to },
  };
}

/** What makes no difference here. */
export function ignoredFinding(word: ForeignWord, because: IgnoredBecause, told: Told): Finding {
  return finding('vendor-ignored', 'info', word, because, told);
}

/** What cannot be said here. */
export function refusedFinding(word: ForeignWord, because: RefusedBecause, told: Told, detail?: string): Finding {
  return finding('vendor-untranslated', 'warning', word, because, told, detail);
}

function finding(
  rule: string,
  severity: Finding['severity'],
  { engine, name }: ForeignWord,
  because: IgnoredBecause | RefusedBecause,
  told: Told,
  detail?: string,
): Finding {
  const more = detail === undefined ? '' : ` (${detail})`;
  return {
    rule,
    severity,
    message: `Expected the zeebe dialect, but ${name} is written for ${engine}, and ${sentences[because]}${more}`,
    ...placeOf(told),
    path: name,
    params: { engine, word: name, because, detail: detail ?? '' },
  };
}

function placeOf({ owner }: Told): { readonly elementId?: string } {
  return owner === undefined ? {} : { elementId: owner };
}
