import { describe, expect, test } from 'vitest';
import { createMachine, transition } from 'xstate';
import { CaseRun, compiled } from '../../tests/spec/case-run.ts';
import { boundary, chain, element, flow, message, on, processOf, timer } from '../../tests/spec/diagram.ts';
import { stepToken } from '../core/step.ts';
import type { CompiledDefinition } from '../ir/definition.ts';
import type { MachineConfig } from '../ir/machine.ts';
import { nodeOfStateKey } from '../ir/state-key.ts';

const definition = await compiled(
  message('Called', 'called'),
  processOf(
    'p',
    element('startEvent', 'start'),
    element('userTask', 'A.1'),
    element('userTask', 'new'),
    element('exclusiveGateway', 'gateway', '', 'default="gateway_end"'),
    element('endEvent', 'end'),
    boundary('late', 'A.1', timer('timeDuration', 'PT1H')),
    chain('start A.1 gateway end'),
    flow('gateway', 'A.1', '=again'),
    flow('gateway', 'gateway', '=round', 'f.round'),
    chain('late new end'),
    element(
      'subProcess',
      'Handler',
      element('startEvent', 'trigger', on('message', '', 'messageRef="Called"'), 'isInterrupting="false"') +
        element(
          'userTask',
          'H',
          '<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>=2</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>',
        ) +
        chain('trigger H'),
      'triggeredByEvent="true"',
    ),
  ),
);
const machines = Object.values(definition.scopes).map(({ machine }) => machine);

/** All states by all events any machine knows, so that every refusal is compared too. */
function pairs(config: MachineConfig): { state: string; event: string }[] {
  const events = new Set(
    machines.flatMap(({ states }) => Object.values(states).flatMap(({ on = {} }) => Object.keys(on))),
  );
  return Object.keys(config.states).flatMap((state) => [...events, 'unknown'].map((event) => ({ state, event })));
}

/** What the documented `transition()` of stock XState says. */
function stock(config: MachineConfig, state: string, event: string) {
  const machine = createMachine(structuredClone(config));
  const [next, actions] = transition(machine, machine.resolveState({ value: state, context: {} }), { type: event });
  const known = Object.hasOwn(config.states[state]?.on ?? {}, event);
  return known
    ? { to: String(next.value), actions: actions.map(({ type, params }) => ({ type, params })) }
    : { to: next.value === state ? 'no-transition' : 'moved', actions: [] };
}

function ours(config: MachineConfig, state: string, event: string) {
  const step = stepToken(config, state, event);
  if (step === 'no-transition') return { to: 'no-transition', actions: [] };
  return { to: 'end' in step.to ? step.to.end : step.to.node, actions: step.actions };
}

describe('emitted machines', () => {
  test('one for each scope: the process, the event sub-process and the body that is repeated', () => {
    expect(Object.keys(definition.scopes).sort()).toEqual(['H#body', 'Handler', 'p']);
  });

  test('are flat, plain JSON without guards, context, delays or children', () => {
    const text = JSON.stringify(machines);
    expect(JSON.parse(text)).toEqual(machines);
    for (const word of ['always', 'guard', 'context', 'after', 'invoke']) expect(text).not.toContain(`"${word}"`);
    for (const { states } of machines)
      for (const state of Object.values(states)) expect(Object.keys(state)).not.toContain('states');
  });

  test('let a token in only in the inert state, and out of every live one', () => {
    for (const { states } of machines)
      for (const [key, { on = {}, type }] of Object.entries(states)) {
        const enters = Object.keys(on).filter((event) => event.startsWith('enter.'));
        expect(enters.length > 0).toBe(key === 'new');
        if (type === 'final') expect(on).toEqual({});
        else if (key !== 'new')
          expect(on).toMatchObject({ cancel: { target: 'cancelled' }, consume: { target: 'consumed' } });
      }
  });

  test('move tokens as the documented transition of stock XState does, for every state and event', () => {
    for (const machine of machines)
      for (const { state, event } of pairs(machine)) {
        const { to, actions } = stock(machine, state, event);
        const expected = to === 'consumed' || to === 'cancelled' || to === 'no-transition' ? to : nodeOfStateKey(to);
        expect({ state, event, ...ours(machine, state, event) }).toEqual({ state, event, to: expected, actions });
      }
  });

  test('remember steps: the second answer is the first', () => {
    const [machine] = machines;
    if (!machine) throw new Error('Expected a machine');
    expect(stepToken(machine, 'new', 'enter.start')).toBe(stepToken(machine, 'new', 'enter.start'));
  });

  test('are the only routing: editing a transition changes what the case does', () => {
    const edited: CompiledDefinition = JSON.parse(
      JSON.stringify(definition).replace('"take.start_A%2E1":{"target":"A%2E1"', '"take.start_A%2E1":{"target":"end"'),
    );
    expect(JSON.stringify(edited)).not.toBe(JSON.stringify(definition));
    expect(new CaseRun(definition).start().tasks).toEqual(['A.1']);
    expect(new CaseRun(edited).start().outcome).toBe('completed');
  });
});
