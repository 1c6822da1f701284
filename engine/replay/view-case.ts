import type { JsonObject } from '../core/json.ts';
import { openTasksOf } from '../core/open-tasks.ts';
import type { CaseState } from '../core/state.ts';
import type { CaseView } from './case-view.ts';

/** A case as screens show it. Reads the state alone, so the live page and the auditor's walk through the history show the same. */
export function viewCase(state: CaseState): CaseView {
  return {
    caseId: state.caseId,
    processKey: state.processKey,
    definitionHash: state.definitionHash,
    status: state.status,
    ...(state.outcome === undefined ? {} : { outcome: state.outcome }),
    tokens: tokensOf(state),
    variables: rootVariables(state),
    tasks: openTasksOf(state),
    timers: Object.entries(state.timers).map(([n, { node, dueAt }]) => ({
      timerId: `${state.caseId}-${n}`,
      elementId: node,
      dueAt,
    })),
    subscriptions: Object.values(state.subscriptions).map(({ subscription }) => subscription),
    jobs: Object.values(state.jobs).map(({ job }) => ({
      jobId: job.jobId,
      elementId: job.elementId,
      jobType: job.jobType,
    })),
    incidents: Object.values(state.incidents).map(({ incident }) => incident),
  };
}

/** Tokens by element. A repeated activity shows its running instances, not the token that waits for them. */
function tokensOf(state: CaseState): CaseView['tokens'] {
  const counts = new Map<string, { processId: string; elementId: string; count: number }>();
  for (const { scope, node, repeat } of Object.values(state.tokens)) {
    const processId = state.scopes[scope]?.processId ?? state.processId;
    const key = `${processId} ${node}`;
    const one = counts.get(key) ?? { processId, elementId: node, count: 0 };
    counts.set(key, { ...one, count: one.count + (repeat ? 0 : 1) });
  }
  return [...counts.values()].filter(({ count }) => count > 0);
}

/** Variables of the root scope, or what they were when the case ended. */
export function rootVariables(state: CaseState): JsonObject {
  const root = Object.values(state.scopes).find(({ parent }) => parent === undefined);
  return root?.variables ?? state.result ?? {};
}
