import type { CaseState, TokenState } from '../../core/state.ts';

/** Tokens that stand where nothing is open for them: at a join, or in a place that waits for nothing. Place by token number. */
export function heldUp(state: CaseState): ReadonlyMap<number, string> {
  const held = new Map<number, string>();
  if (state.status === 'ended') return held;
  const busy = busyTokens(state);
  for (const [number, token] of Object.entries(state.tokens)) {
    const n = Number(number);
    if (token.phase === 'joining' || (token.pending === undefined && !busy.has(n))) held.set(n, placeOf(state, token));
  }
  return held;
}

/** Tokens for which something is open: a wait, a scope they run, something they undo. */
function busyTokens({
  jobs,
  timers,
  subscriptions,
  conditions,
  tasks,
  scopes,
  tokens,
}: CaseState): ReadonlySet<number> {
  const busy = new Set<number>();
  for (const table of [jobs, timers, subscriptions, conditions, tasks])
    for (const { token } of Object.values(table)) if (token !== undefined) busy.add(token);
  for (const { host, compensates } of Object.values(scopes)) {
    if (host !== undefined) busy.add(host);
    if (compensates !== undefined) busy.add(compensates);
  }
  for (const { compensates } of Object.values(tokens)) if (compensates !== undefined) busy.add(compensates);
  return busy;
}

function placeOf({ scopes }: CaseState, { scope, node }: TokenState): string {
  return `${scopes[scope]?.definition ?? ''} ${node}`;
}

/** Node of a place. */
export function nodeOfPlace(place: string): string {
  return place.slice(place.lastIndexOf(' ') + 1);
}

/** Places at which a token that was held up before is so no more. */
export function releasedBetween(before: CaseState, after: CaseState): readonly string[] {
  const still = heldUp(after);
  return [...heldUp(before)].flatMap(([n, place]) => (still.get(n) === place ? [] : [place]));
}
