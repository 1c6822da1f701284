import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CaseState, compilePackage, type JsonObject, openTasksOf } from '../../engine/index.ts';
import { CaseRun, packageOf } from '../spec/case-run.ts';
import { definitions } from '../spec/diagram.ts';
import { randomProcess } from './random-process.ts';

/** Everything the world could say to the case now. */
function possibleMoves(run: CaseRun): (() => void)[] {
  const { state } = run;
  const tell = (body: Parameters<CaseRun['decide']>[0]) => () => {
    const decision = run.decide(body);
    if (decision.ok) run.accepted(body);
    else expect(['limit-exceeded', 'job-not-found']).toContain(decision.rejection.code);
  };
  const flags: JsonObject[] = [{ flag: true }, { flag: false }];
  return [
    ...openTasksOf(state).flatMap(({ taskId }) =>
      flags.map((variables) => tell({ type: 'CompleteTask', taskId, variables })),
    ),
    ...Object.values(state.jobs).flatMap(({ job: { jobId } }) => [
      tell({ type: 'CompleteJob', jobId, output: {} }),
      tell({ type: 'ThrowJobError', jobId, errorCode: 'failed', message: '', output: {} }),
      tell({ type: 'FailJob', jobId, message: '', outcome: 'failed' }),
    ]),
    ...Object.keys(state.timers).map((n) => tell({ type: 'FireTimer', timerId: `case-${n}` })),
    ...Object.values(state.subscriptions).map(({ subscription: { subscriptionId } }) =>
      tell({ type: 'DeliverMessage', subscriptionId, messageId: 'm', payload: {} }),
    ),
    ...Object.values(state.incidents).map(({ incident: { incidentId } }) =>
      tell({ type: 'RetryIncident', incidentId }),
    ),
    tell({ type: 'SetVariables', variables: { flag: true } }),
  ];
}

/** What must hold in every state, whatever the diagram. */
function checkHouse(state: CaseState): void {
  for (const { scope } of Object.values(state.tokens)) expect(state.scopes[scope]).toBeDefined();
  for (const { parent, host, compensates } of Object.values(state.scopes)) {
    if (parent !== undefined) expect(state.scopes[parent]).toBeDefined();
    if (host !== undefined) expect(state.tokens[host]?.phase).toBe('active');
    if (compensates !== undefined) expect(state.tokens[compensates]).toBeDefined();
  }
  const waits = [state.tasks, state.timers, state.subscriptions, state.jobs, state.conditions, state.incidents];
  for (const { scope, token } of waits.flatMap((table) => Object.values(table))) {
    expect(state.scopes[scope]).toBeDefined();
    if (token !== undefined) expect(state.tokens[token]?.scope).toBe(scope);
  }
  const numbers = [state.scopes, state.tokens, ...waits].flatMap((table) => Object.keys(table));
  expect(new Set(numbers).size).toBe(numbers.length);
  for (const n of numbers) expect(Number(n)).toBeLessThanOrEqual(state.counter);
  if (state.status === 'ended') expect(numbers).toEqual([]);
  else expect(Object.keys(state.scopes)).not.toEqual([]);
}

test('whatever is drawn and whatever the world says, the case keeps the rules of the house', async () => {
  let ended = 0;
  await fc.assert(
    fc.asyncProperty(randomProcess, fc.array(fc.nat(), { minLength: 5, maxLength: 25 }), async (drawn, choices) => {
      const { definition, findings } = await compilePackage(packageOf(definitions(...drawn.roots)));
      if (!definition) throw new Error(findings.map(({ message }) => message).join('\n'));
      const run = new CaseRun(definition);
      const start = { type: 'StartCase', processId: 'p', variables: { flag: false, key: 'k' } } as const;
      if (!run.decide(start).ok) return;
      run.accepted(start);
      for (const choice of choices) {
        checkHouse(run.state);
        if (run.state.status === 'ended') break;
        const moves = possibleMoves(run);
        moves[choice % moves.length]?.();
      }
      checkHouse(run.state);
      if (run.state.status === 'ended') ended += 1;
    }),
    {
      numRuns: Number(process.env.RANDOM_CASES ?? 100),
      ...(process.env.SEED ? { seed: Number(process.env.SEED) } : {}),
    },
  );
  expect(ended).toBeGreaterThan(0);
}, 120_000);
