import { canonicalJson } from './canonical-json.ts';
import { type Draft, TABLES } from './draft.ts';
import type { CaseState } from './state.ts';

/**
 * The state as it is stored: canonical JSON, so that replayed history can be compared byte for byte. Tables with nothing in them, most of
 * them most of the time, are left out.
 */
export function printState(state: CaseState): string {
  // In canonical order, so that printing finds nothing to sort.
  const stored: { readonly [Part in keyof Required<CaseState>]: CaseState[Part] | undefined } = {
    actors: unlessEmpty(state.actors),
    at: state.at,
    businessKey: state.businessKey,
    caseId: state.caseId,
    conditions: unlessEmpty(state.conditions),
    counter: state.counter,
    definitionHash: state.definitionHash,
    errorCode: state.errorCode,
    format: state.format,
    incidents: unlessEmpty(state.incidents),
    jobs: unlessEmpty(state.jobs),
    outcome: state.outcome,
    patientKey: state.patientKey,
    processId: state.processId,
    processKey: state.processKey,
    result: state.result,
    scopes: unlessEmpty(state.scopes),
    startedAt: state.startedAt,
    status: state.status,
    subscriptions: unlessEmpty(state.subscriptions),
    tasks: unlessEmpty(state.tasks),
    timers: unlessEmpty(state.timers),
    tokens: unlessEmpty(state.tokens),
  };
  return canonicalJson(stored);
}

function unlessEmpty<Table extends object>(table: Table): Table | undefined {
  return Object.keys(table).length === 0 ? undefined : table;
}

/** Reads a stored state. Only `printState` writes one, in the commit that the history vouches for, so its shape is not checked again. */
export function parseState(text: string): CaseState {
  const state: Draft = JSON.parse(text);
  for (const table of TABLES) state[table] ??= {};
  return state;
}
