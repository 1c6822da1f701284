import { refuseChange } from '../commands/answer.ts';
import type { Rejection } from '../rejection.ts';
import { terminateInstance } from '../repeat.ts';
import { numbersOf, type Run, scopeOf } from '../run.ts';
import { cancelScope, cancelToken, rootScope } from '../scopes.ts';

/**
 * Scopes that a person's change has left without anything in them do not complete as if their work were done: they are cancelled with the activity
 * they run for, and so on outward. A case in which nothing would be left is refused: to end it is another command.
 */
export function closeEmptied(run: Run, left: ReadonlySet<number>): Rejection | undefined {
  const open = new Set(left);
  for (const n of [...open].sort((a, b) => b - a)) closeOutward(run, n);
  const root = rootScope(run);
  if (root === undefined || isEmpty(run, root))
    return refuseChange(
      'nothing-left',
      'something left in the case',
      'there would be nothing; cancel the case instead',
    );
  return undefined;
}

function closeOutward(run: Run, from: number): void {
  for (let n: number | undefined = from; n !== undefined && run.draft.scopes[n] && isEmpty(run, n); ) {
    const { parent, host, instance, compensates }: ReturnType<typeof scopeOf> = scopeOf(run, n);
    if (parent === undefined) return;
    if (instance !== undefined) {
      terminateInstance(run, n);
      return;
    }
    cancelScope(run, n);
    if (compensates !== undefined) {
      if (run.draft.tokens[compensates]) run.queue.push({ kind: 'undo', token: compensates });
      return;
    }
    if (host !== undefined && run.draft.tokens[host]) cancelToken(run, host);
    n = parent;
  }
}

/** Whether nothing is under way in a scope. */
export function isEmpty(run: Run, scope: number): boolean {
  const { tokens, scopes } = run.draft;
  return (
    !numbersOf(tokens).some((n) => tokens[n]?.scope === scope) &&
    !numbersOf(scopes).some((n) => scopes[n]?.parent === scope)
  );
}
