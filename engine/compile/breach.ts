import type { Finding, FindingSeverity } from '../ir/finding.ts';

/** A clause of the standard that is not kept. `clause` is its number in BPMN 2.0.2. */
export type Breach = {
  readonly rule: string;
  readonly clause: string;
  readonly at: string;
  readonly expected: string;
  readonly but: string;
  readonly path?: string;
};

/** The standard forbids it and nothing sensible can be run: the deployment is refused. */
export function breach(one: Breach): Finding {
  return findingOf(one, 'error');
}

/** The standard forbids it, but what happens is clear all the same: shown, not refused. */
export function slip(one: Breach): Finding {
  return findingOf(one, 'warning');
}

/** Form the standard asks for and files by other tools often lack; nothing runs differently. */
export function formality(one: Breach): Finding {
  return findingOf(one, 'info');
}

function findingOf({ rule, clause, at, expected, but, path }: Breach, severity: FindingSeverity): Finding {
  return {
    rule,
    severity,
    message: `Expected ${expected}, but ${but}`,
    elementId: at,
    ...(path === undefined ? {} : { path }),
    clause,
  };
}
