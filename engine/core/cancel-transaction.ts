import { beginCompensationOf, passOutward } from './compensation.ts';
import { definitionOf, emit, numbersOf, type Run, scopeOf, tokenOf } from './run.ts';
import { cancelContent, cancelScope, cancelToken } from './scopes.ts';
import { throwFrom } from './throws.ts';
import { endToken } from './tokens.ts';
import { closeScopeWaits, closeWaits } from './waits.ts';

/**
 * A cancel end event: stops the transaction and undoes what was completed in it. One that lies deeper stops and undoes the scopes on the way
 * out as well; they stay, empty, for as long as it waits.
 */
export function cancelTransaction(run: Run, n: number, transaction: string | undefined): 'waiting' | 'nothing' {
  const way = wayOut(run, tokenOf(run, n).scope, transaction);
  for (const [index, scope] of way.entries()) {
    const around = way[index + 1];
    if (around !== undefined) passOutward(run, scope, around, definitionOf(run, scope).elementId);
  }
  let kept: { readonly token: number | undefined; readonly scope?: number } = { token: n };
  for (const scope of way) {
    stopBeside(run, scope, kept);
    closeScopeWaits(run, scope);
    if (kept.token !== undefined && kept.token !== n) closeWaits(run, kept.token);
    emit(run, { type: 'ScopePhased', n: scope, phase: 'interrupted', outcome: 'cancelled' });
    kept = { token: scopeOf(run, scope).host, scope };
  }
  emit(run, { type: 'TokenPhased', n, phase: 'active' });
  return beginCompensationOf(run, n, way.at(-1) ?? tokenOf(run, n).scope);
}

/** Everything is undone: the transaction is left by its cancel boundary event; one without ends where it is. */
export function leaveTransaction(run: Run, n: number, transaction: string | undefined): void {
  const { scope } = tokenOf(run, n);
  if (throwFrom(run, n, { kind: 'cancel', output: {} }, 'outward') !== undefined) return;
  const outermost = wayOut(run, scope, transaction).at(-1);
  if (outermost === undefined || outermost === scope) endToken(run, n, 'consumed');
  else cancelContent(run, outermost);
}

/** Scopes from the one it is thrown in out to the transaction. */
function wayOut(run: Run, scope: number, transaction: string | undefined): readonly number[] {
  const way: number[] = [];
  for (let n: number | undefined = scope; n !== undefined; n = scopeOf(run, n).parent) {
    way.push(n);
    if (transaction === undefined || scopeOf(run, n).definition === transaction) break;
  }
  return way;
}

/** Stops what is in a scope but one token and one scope under it. */
function stopBeside(
  run: Run,
  scope: number,
  kept: { readonly token: number | undefined; readonly scope?: number },
): void {
  for (const token of numbersOf(run.draft.tokens))
    if (token !== kept.token && run.draft.tokens[token]?.scope === scope) cancelToken(run, token);
  for (const inner of numbersOf(run.draft.scopes))
    if (inner !== kept.scope && run.draft.scopes[inner]?.parent === scope) cancelScope(run, inner);
}
