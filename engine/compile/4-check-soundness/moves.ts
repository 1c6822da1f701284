import type { Command } from '../../core/command.ts';
import type { CaseState, WaitOwner } from '../../core/state.ts';
import type { TraceEvent } from '../../ir/soundness.ts';
import type { Stage } from './stage.ts';

type WithoutBase<C> = C extends Command ? Omit<C, 'id' | 'caseId' | 'at' | 'by'> : never;

/** Something the world can do to a state. */
export type Move = {
  readonly command: WithoutBase<Command>;
  readonly owner: WaitOwner;
  readonly event: TraceEvent;
  readonly code?: string;
  /** Variable of the conditional event that changes, and what it becomes. */
  readonly condition?: { readonly feel: string; readonly becomes: boolean };
};

/** Id of the only case that is played. */
export const caseId = 'case';

/** Everything the world can do. Of tokens that stand alike in one scope only the first is asked: the others give the same. */
export function movesIn(stage: Stage, state: CaseState): readonly Move[] {
  const moves = [
    ...jobMoves(stage, state),
    ...timerMoves(state),
    ...messageMoves(state),
    ...conditionMoves(state),
    ...adHocMoves(stage, state),
  ];
  const seen = new Set<string>();
  return moves.filter(({ owner, event, code, command }) => {
    const name =
      'subscriptionId' in command
        ? state.subscriptions[numberIn(command.subscriptionId)]?.subscription.messageName
        : '';
    const key = `${owner.scope} ${owner.token === undefined ? '' : hostOf(state, owner)} ${owner.node} ${event} ${code ?? ''} ${name}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function numberIn(id: string): string {
  return id.slice(caseId.length + 1);
}

function hostOf({ tokens }: CaseState, { token }: WaitOwner): string {
  return (token === undefined ? undefined : tokens[token]?.node) ?? '';
}

function jobMoves({ errors, endless }: Stage, state: CaseState): Move[] {
  return Object.entries(state.jobs).flatMap(([n, { job: _, ...owner }]) => {
    const jobId = `${caseId}-${n}`;
    const done: Move[] = endless.has(owner.node)
      ? []
      : [{ command: { type: 'CompleteJob', jobId, output: {} }, owner, event: 'completes' }];
    const failed = (errors.get(owner.node) ?? []).map((code): Move => {
      const command = { type: 'ThrowJobError' as const, jobId, errorCode: code, message: '', output: {} };
      return { command, owner, event: 'error', code };
    });
    return [...done, ...failed];
  });
}

function timerMoves(state: CaseState): Move[] {
  return Object.entries(state.timers).map(([n, { dueAt: _, every: __, remaining: ___, ...owner }]) => ({
    command: { type: 'FireTimer', timerId: `${caseId}-${n}` },
    owner,
    event: 'timer',
  }));
}

function messageMoves(state: CaseState): Move[] {
  return Object.values(state.subscriptions).map(({ kind, subscription: { subscriptionId }, ...owner }) => ({
    command: { type: 'DeliverMessage', subscriptionId, messageId: 'message', payload: {} },
    owner,
    event: kind,
  }));
}

function conditionMoves(state: CaseState): Move[] {
  return Object.values(state.conditions).map(({ feel, last, ...owner }) => ({
    command: { type: 'SetVariables', variables: { [feel]: !last } },
    owner,
    event: 'condition',
    condition: { feel, becomes: !last },
  }));
}

/** Activities of an ad-hoc scope under way at once: with more of them they do the same over again. */
const MOST_AT_ONCE = 2;

/** An ad-hoc scope is entered anywhere while little is under way in it, and completed when nothing is. */
function adHocMoves({ definition }: Stage, state: CaseState): Move[] {
  return Object.entries(state.scopes).flatMap(([scopeId, scope]) => {
    const { adHoc, elementId } = definition.scopes[scope.definition] ?? {};
    if (!adHoc || elementId === undefined || scope.phase !== 'active') return [];
    const inside = Object.values(state.tokens).filter((token) => token.scope === Number(scopeId));
    const underWay = inside.filter(({ phase }) => phase !== 'joining').length;
    const mayEnter = adHoc.ordering === 'sequential' ? inside.length === 0 : underWay < MOST_AT_ONCE;
    const entering = adHoc.activities.map(
      (activityId): Move => ({
        command: { type: 'EnterActivity', elementId, scopeId, activityId },
        owner: { scope: Number(scopeId), node: activityId },
        event: 'starts',
      }),
    );
    const completing: Move = {
      command: { type: 'CompleteAdHoc', elementId, scopeId },
      owner: { scope: Number(scopeId), node: elementId },
      event: 'completes',
    };
    return [...(mayEnter ? entering : []), ...(inside.length === 0 ? [completing] : [])];
  });
}
