import { expect, test } from 'vitest';
import { createMachine, transition } from 'xstate';
import { stepToken } from '../../engine/core/step.ts';
import { type CaseEvent, type CompiledDefinition, compilePackage, type MachineConfig } from '../../engine/index.ts';
import { stateKey } from '../../engine/ir/state-key.ts';
import { toXml } from '../oracle/generator/drawn.ts';
import { generate } from '../oracle/generator/generate.ts';
import { Random } from '../oracle/random.ts';
import { CaseRun, packageOf } from '../spec/case-run.ts';

const seeds = Array.from({ length: 60 }, (_, index) => index + Number(process.env.SEED ?? 1));

async function definitionOf(seed: number): Promise<CompiledDefinition> {
  const { definition, findings } = await compilePackage(packageOf(toXml(generate(seed).file)));
  if (!definition) throw new Error(findings.map(({ message }) => message).join('\n'));
  return definition;
}

function eventsOf({ states }: MachineConfig): readonly string[] {
  return [...new Set(Object.values(states).flatMap(({ on = {} }) => Object.keys(on))), 'nothing.of.the.kind'];
}

/** What stock XState makes of a machine as it is printed. */
function stockStep(machine: ReturnType<typeof createMachine>, state: string, event: string) {
  const [next, actions] = transition(machine, machine.resolveState({ value: state, context: {} }), { type: event });
  if (actions.length === 0) return { to: 'no-transition', state: String(next.value), actions: [] };
  return { to: String(next.value), actions: actions.map(({ type, params }) => ({ type, params })) };
}

function engineStep(config: MachineConfig, state: string, event: string) {
  const step = stepToken(config, state, event);
  if (step === 'no-transition') return { to: 'no-transition', state, actions: [] };
  return { to: 'end' in step.to ? step.to.end : stateKey(step.to.node), actions: step.actions };
}

test('every emitted machine loads into stock XState and steps there as in the engine, by every event in every state', async () => {
  const differing: unknown[] = [];
  let compared = 0;
  for (const seed of seeds) {
    const { scopes } = await definitionOf(seed);
    for (const { machine: config } of Object.values(scopes)) {
      const printed: MachineConfig = JSON.parse(JSON.stringify(config));
      const stock = createMachine(printed);
      for (const state of Object.keys(printed.states))
        for (const event of eventsOf(printed)) {
          const [theirs, ours] = [stockStep(stock, state, event), engineStep(config, state, event)];
          if (JSON.stringify(theirs) !== JSON.stringify(ours)) differing.push({ seed, state, event, theirs, ours });
          compared += 1;
        }
    }
  }
  expect(differing).toEqual([]);
  expect(compared).toBeGreaterThan(10_000);
}, 120_000);

/** Plays a case by doing the first thing there is to do. */
function play(definition: CompiledDefinition): readonly CaseEvent[] {
  const run = new CaseRun(definition).start({ x: 0, y: 0, z: 0 }, { processId: 'p' });
  for (let word = 0; word < 8 && run.state.status === 'active'; word += 1) {
    const { tasks, jobs, subscriptions } = run.view;
    const [task, job, heard] = [tasks[0], jobs[0], subscriptions[0]];
    if (task) run.accepted({ type: 'CompleteTask', taskId: task.taskId, variables: {} });
    else if (job) run.accepted({ type: 'CompleteJob', jobId: job.jobId, output: {} });
    else if (heard) run.deliver(heard.messageName, {}, heard.elementId);
    else break;
  }
  return run.events;
}

function takenIn(events: readonly CaseEvent[]) {
  return events.filter((event) => event.type === 'TokenMoved');
}

/** The definition with one transition of one machine leading elsewhere, nothing else touched. */
function redirected(definition: CompiledDefinition, flow: string, node: string): CompiledDefinition {
  const copy: CompiledDefinition = structuredClone(definition);
  const event = `take.${flow}`;
  for (const { machine } of Object.values(copy.scopes))
    for (const { on } of Object.values(machine.states)) {
      const way = on?.[event];
      if (way) Object.assign(way, { target: stateKey(node) });
    }
  return copy;
}

test('a case follows an edited transition of an emitted machine: nothing else knows where a flow leads', async () => {
  let edited = 0;
  for (const seed of seeds) {
    const definition = await definitionOf(seed);
    const random = new Random(seed);
    const taken = takenIn(play(definition));
    if (taken.length === 0) continue;
    const { flow } = random.pick(taken);
    const scope = Object.values(definition.scopes).find(({ flowOrder }) => flowOrder.includes(flow));
    // Joins that look ahead and event-based gateways rightly wait for something else when the ways ahead are others.
    const looksAhead = Object.values(scope?.nodes ?? {}).some(
      ({ join, body }) => join?.kind === 'inclusive' || join?.kind === 'complex' || body.kind === 'race',
    );
    if (looksAhead) continue;
    const [from] = Object.entries(scope?.machine.states ?? {}).find(([, { on = {} }]) => on[`take.${flow}`]) ?? [];
    const was = taken.find((one) => one.flow === flow)?.node;
    const waiting = Object.values(scope?.nodes ?? {}).filter(({ body }) => /^(task|job|catch)$/.test(body.kind));
    const others = waiting.map(({ id }) => id).filter((node) => node !== was && stateKey(node) !== from);
    if (others.length === 0) continue;
    const node = random.pick(others);
    const moved = takenIn(play(redirected(definition, flow, node))).find((one) => one.flow === flow);
    expect(moved?.node, `seed ${seed}, ${flow}`).toBe(node);
    edited += 1;
  }
  expect(edited).toBeGreaterThan(20);
}, 120_000);
