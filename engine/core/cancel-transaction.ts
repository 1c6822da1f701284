import { beginCompensationOf } from './compensation.ts';
import { complete } from './complete.ts';
import { emit, nodeOf, type Run, tokenOf } from './run.ts';
import { cancelContent } from './scopes.ts';
import { throwFrom } from './throws.ts';
import { endToken } from './tokens.ts';
import { closeScopeWaits } from './waits.ts';

/** A cancel end event: stops the transaction, undoes what was completed in it, and leaves by its cancel boundary event. */
export function cancelTransaction(run: Run, n: number): void {
  const { scope } = tokenOf(run, n);
  cancelContent(run, scope, n);
  closeScopeWaits(run, scope);
  emit(run, { type: 'ScopePhased', n: scope, phase: 'interrupted', outcome: 'cancelled' });
  emit(run, { type: 'TokenPhased', n, phase: 'active' });
  if (beginCompensationOf(run, n, scope) === 'nothing') afterUndoing(run, n);
}

/** Everything a thrower asked for is undone: it goes on; the thrower that cancels its transaction leaves it. */
export function afterUndoing(run: Run, n: number): void {
  const { body } = nodeOf(run, n);
  if (body.kind !== 'throw' || body.throws.kind !== 'cancel') complete(run, n, {});
  else if (throwFrom(run, n, { kind: 'cancel', output: {} }, 'outward') === undefined) endToken(run, n, 'consumed');
}
