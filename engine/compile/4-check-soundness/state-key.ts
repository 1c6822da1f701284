import type { CaseState, CompensationRecord, TokenState } from '../../core/state.ts';

/**
 * Name of a state: equal for states that can go on alike. Numbers, times and data are left out; which activities can be undone counts, how
 * often and in which order does not.
 */
export function nameOfState(state: CaseState): string {
  if (state.status === 'ended') return 'ended';
  const waits = waitsByToken(state);
  const nameOfScope = (n: number): string => {
    const scope = state.scopes[n];
    if (!scope) return '';
    const { definition, phase, outcome = '', startedBy = '', resetting = {}, compensations = [], compensates } = scope;
    const tokens = Object.entries(state.tokens).filter(([, token]) => token.scope === n);
    const free = Object.entries(state.scopes).filter(([, one]) => one.parent === n && one.host === undefined);
    const parts = [
      ...tokens.map(([number, token]) => nameOfToken(Number(number), token)),
      ...free.map(([number]) => nameOfScope(Number(number))),
      ...(waits.get(`scope ${n}`) ?? []),
    ].sort();
    const undone = [...new Set(compensations.map(nameOfRecord))].sort().join(',');
    const resets = Object.entries(resetting)
      .map(([node, flows]) => `${node}:${[...flows].sort().join(',')}`)
      .sort();
    return `{${definition} ${phase} ${outcome} ${startedBy} ${compensates === undefined ? '' : 'undoing'} [${undone}] [${resets.join(';')}] ${parts.join('|')}}`;
  };
  const nameOfToken = (n: number, token: TokenState): string => {
    const hosted = Object.entries(state.scopes).filter(([, scope]) => scope.host === n);
    const pending = (token.pending ?? []).map(({ record }) => nameOfRecord(record)).join('>');
    const flow = token.phase === 'joining' ? (token.flow ?? '') : '';
    const undoing = token.compensates === undefined ? '' : `for ${state.tokens[token.compensates]?.node ?? ''}`;
    const inside = [
      ...(waits.get(`token ${n}`) ?? []),
      ...hosted.map(([number]) => nameOfScope(Number(number))),
    ].sort();
    return `${token.node} ${token.phase} ${flow} ${undoing} ${pending} (${inside.join(',')})`;
  };
  return Object.entries(state.scopes)
    .filter(([, scope]) => scope.parent === undefined)
    .map(([n]) => nameOfScope(Number(n)))
    .join();
}

function nameOfRecord({ node, records }: CompensationRecord): string {
  return records.length === 0 ? node : `${node}(${[...new Set(records.map(nameOfRecord))].sort().join(',')})`;
}

/** What is open, by the token or scope that waits. */
function waitsByToken(state: CaseState): Map<string, string[]> {
  const waits = new Map<string, string[]>();
  const add = ({ scope, token }: { readonly scope: number; readonly token?: number }, name: string) => {
    const key = token === undefined ? `scope ${scope}` : `token ${token}`;
    waits.set(key, [...(waits.get(key) ?? []), name]);
  };
  for (const one of Object.values(state.jobs)) add(one, `job ${one.node}`);
  for (const one of Object.values(state.timers)) add(one, `timer ${one.node} ${one.remaining ?? ''}`);
  for (const one of Object.values(state.subscriptions)) add(one, `${one.subscription.messageName} ${one.node}`);
  for (const one of Object.values(state.conditions)) add(one, `condition ${one.node} ${one.last}`);
  return waits;
}
