import type { JsonObject } from '../core/json.ts';
import type { CaseState, Numbered } from '../core/state.ts';
import type { CaseView } from '../replay/case-view.ts';

/** A case's state as screens show it: the stored one, or one folded from history up to some entry. */
export function viewCase(state: CaseState): CaseView {
  return {
    caseId: state.caseId,
    processKey: state.processKey,
    definitionHash: state.definitionHash,
    status: state.status,
    ...(state.outcome && { outcome: state.outcome }),
    tokens: countTokens(state),
    completed: state.completed,
    flowsTaken: state.flowsTaken,
    variables: rootVariables(state),
    tasks: inOrder(state.tasks).map(([, { task }]) => task),
    timers: inOrder(state.timers).map(([n, { node, dueAt }]) => ({
      timerId: `${state.caseId}-${n}`,
      elementId: node,
      dueAt,
    })),
    subscriptions: inOrder(state.subscriptions).map(([, { subscription }]) => subscription),
    jobs: inOrder(state.jobs).map(
      ([
        ,
        {
          job: { jobId, elementId, jobType },
        },
      ]) => ({ jobId, elementId, jobType }),
    ),
    incidents: inOrder(state.incidents).map(([, { incident }]) => incident),
  };
}

/** Variables of the root scope; of an ended case, as they were at its end. */
export function rootVariables(state: CaseState): JsonObject {
  const root = Object.values(state.scopes).find((scope) => scope.parent === undefined);
  return root?.variables ?? state.result ?? {};
}

function countTokens(state: CaseState): CaseView['tokens'] {
  const repeating = new Set(
    Object.values(state.scopes).flatMap(({ definition, host }) =>
      // The token that waits for the runs of a repeated activity stands in the same element as they do.
      host !== undefined && definition.endsWith('#body') ? [host] : [],
    ),
  );
  const counts = new Map<string, CaseView['tokens'][number]>();
  for (const [n, token] of inOrder(state.tokens)) {
    const processId = state.scopes[token.scope]?.processId;
    if (processId === undefined || repeating.has(n)) continue;
    const key = `${processId}/${token.node}`;
    const count = (counts.get(key)?.count ?? 0) + 1;
    counts.set(key, { processId, elementId: token.node, count });
  }
  return [...counts.values()];
}

function inOrder<T>(numbered: Numbered<T>): [number, T][] {
  return Object.entries(numbered)
    .map(([n, value]): [number, T] => [Number(n), value])
    .sort(([a], [b]) => a - b);
}
