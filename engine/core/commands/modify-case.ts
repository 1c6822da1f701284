import { checkEligibility } from '../check-eligibility.ts';
import type { Command } from '../command.ts';
import type { Modification } from '../modification.ts';
import { closeEmptied } from '../modify/close-emptied.ts';
import { placeByHand } from '../modify/place-by-hand.ts';
import type { Rejection } from '../rejection.ts';
import { emit, type Run, scopeOf } from '../run.ts';
import { cancelContent, cancelToken, rootScope } from '../scopes.ts';
import { writeScope } from '../variables.ts';
import { closeScopeWaits } from '../waits.ts';
import { type Handler, refuseChange, reject } from './answer.ts';
import { accept } from './tasks.ts';

/** Operations one command may have. */
const MOST_OPERATIONS = 200;

/**
 * A person moves, adds and cancels tokens. What is to go is stopped first, then variables are written, then tokens are placed, so the order of the
 * operations does not matter; scopes left empty end last. Nothing is evaluated before everything that was asked for is known to be there.
 */
export const modifyCase: Handler<'ModifyCase'> = (run, command) => {
  const refusal = refuseModification(run, command);
  if (refusal) return refusal;
  accept(run, command);
  emit(run, { type: 'CaseModified', operations: command.operations, reason: command.reason });
  const left = new Set<number>();
  for (const operation of command.operations) stop(run, operation, left);
  for (const operation of command.operations) write(run, operation);
  for (const operation of command.operations) {
    if (operation.kind !== 'place-token' && operation.kind !== 'move-token') continue;
    const placed = placeByHand(run, operation);
    if (placed) return placed;
  }
  return closeEmptied(run, left);
};

function refuseModification(
  run: Run,
  { authority, by, operations, reason }: Extract<Command, { type: 'ModifyCase' }>,
): Rejection | undefined {
  const verdict = checkEligibility(authority, by, {});
  if (!verdict.ok) return verdict.rejection;
  if (reason.trim() === '') return refuseChange('no-reason', 'a reason for the change', 'there is none');
  if (operations.length === 0) return refuseChange('nothing', 'something to change', 'there is nothing');
  if (operations.length > MOST_OPERATIONS)
    return reject('limit-exceeded', `at most ${MOST_OPERATIONS} operations`, `there are ${operations.length}`);
  for (const operation of operations) {
    const missing = missingIn(run, operation);
    if (missing) return missing;
  }
  return undefined;
}

function missingIn(run: Run, operation: Modification): Rejection | undefined {
  if ('token' in operation && !run.draft.tokens[operation.token])
    return refuseChange('token-gone', `token ${operation.token}`, 'it has gone on or ended', {
      token: operation.token,
    });
  if ('scope' in operation && operation.scope !== undefined && !run.draft.scopes[operation.scope])
    return refuseChange('scope-gone', `scope ${operation.scope}`, 'it is not open', { scope: operation.scope });
  if (operation.kind === 'cancel-scope' && scopeOf(run, operation.scope).parent === undefined)
    return refuseChange('whole-case', 'a part of the case', 'it is the whole case, which is cancelled as such');
  return undefined;
}

/** Stops what an operation takes away. A token may have gone already with a scope named before it. */
function stop(run: Run, operation: Modification, left: Set<number>): void {
  if (operation.kind === 'cancel-token' || operation.kind === 'move-token') {
    const token = run.draft.tokens[operation.token];
    if (!token) return;
    cancelToken(run, operation.token);
    left.add(token.scope);
    if (token.compensates !== undefined && run.draft.tokens[token.compensates])
      run.queue.push({ kind: 'undo', token: token.compensates });
  } else if (operation.kind === 'cancel-scope' && run.draft.scopes[operation.scope]) {
    cancelContent(run, operation.scope);
    closeScopeWaits(run, operation.scope);
    left.add(operation.scope);
  }
}

function write(run: Run, operation: Modification): void {
  if (operation.kind !== 'set-variables') return;
  const scope = operation.scope ?? rootScope(run);
  if (scope !== undefined && run.draft.scopes[scope]) writeScope(run, scope, operation.variables);
}
