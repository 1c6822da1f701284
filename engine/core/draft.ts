import type { CaseEvent } from './event.ts';
import { InvariantError } from './invariant-error.ts';
import type { CaseState } from './state.ts';

/** The tables of a state. */
export const TABLES = [
  'scopes',
  'tokens',
  'tasks',
  'timers',
  'subscriptions',
  'jobs',
  'conditions',
  'incidents',
  'actors',
] as const;

type Table = (typeof TABLES)[number];

/** A working copy of a case: its tables may be written to, the values in them may not (events share them). */
export type Draft = { -readonly [K in keyof CaseState as K extends Table ? never : K]: CaseState[K] } & {
  [K in Table]: { [key: string]: CaseState[K][string] };
};

/** Copies a state so that its tables can be written to. Costs one shallow copy of each table. */
export function draftOf(state: CaseState): Draft {
  return {
    ...state,
    scopes: { ...state.scopes },
    tokens: { ...state.tokens },
    tasks: { ...state.tasks },
    timers: { ...state.timers },
    subscriptions: { ...state.subscriptions },
    jobs: { ...state.jobs },
    conditions: { ...state.conditions },
    incidents: { ...state.incidents },
    actors: { ...state.actors },
  };
}

/** The state a case begins with. */
export function draftOfStart(event: Extract<CaseEvent, { type: 'CaseStarted' }>): Draft {
  return {
    format: 3,
    caseId: event.caseId,
    processKey: event.processKey,
    definitionHash: event.definitionHash,
    processId: event.processId,
    status: 'active',
    businessKey: event.businessKey,
    startedAt: event.at,
    at: event.at,
    counter: 0,
    scopes: {},
    tokens: {},
    tasks: {},
    timers: {},
    subscriptions: {},
    jobs: {},
    conditions: {},
    incidents: {},
    actors: {},
  };
}

/** The entry of a table that must be there. */
export function entryOf<T>(table: { readonly [n: string]: T }, n: number, what: string): T {
  const entry = table[n];
  if (entry === undefined) throw new InvariantError(`Expected ${what} ${n} in the case, but it is not there`);
  return entry;
}
