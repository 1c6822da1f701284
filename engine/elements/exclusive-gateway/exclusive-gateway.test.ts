import { describe, expect, test } from 'vitest';
import { CaseRun, compiled } from '../../../tests/spec/case-run.ts';
import { chain, element, flow, processOf } from '../../../tests/spec/diagram.ts';

const nodes = [
  element('startEvent', 'start'),
  element('exclusiveGateway', 'gateway', '', 'default="gateway_C"'),
  element('userTask', 'A'),
  element('userTask', 'B'),
  element('userTask', 'C'),
  chain('start gateway'),
  flow('gateway', 'A', '=amount > 100'),
  flow('gateway', 'B', '=amount > 10'),
  flow('gateway', 'C'),
];
const definition = await compiled(processOf('p', ...nodes));

describe('an exclusive gateway', () => {
  test.each([
    [1000, 'A'],
    [50, 'B'],
    [5, 'C'],
  ])('takes the first flow whose condition holds, in the order of the diagram: %d → %s', (amount, task) => {
    expect(new CaseRun(definition).start({ amount }).tasks).toEqual([task]);
  });

  test('asks in the order its list of outgoing flows gives, wherever the flows stand in the file', async () => {
    const listed = ['gateway_C', 'gateway_B', 'gateway_A'].map((id) => `<bpmn:outgoing>${id}</bpmn:outgoing>`).join('');
    const gateway = element('exclusiveGateway', 'gateway', listed, 'default="gateway_C"');
    const content = nodes.map((node, index) => (index === 1 ? gateway : node)).join('');
    expect(new CaseRun(await compiled(processOf('p', content))).start({ amount: 1000 }).tasks).toEqual(['B']);
  });

  test('asks a person when a condition is neither true nor false, and goes on from there', () => {
    const run = new CaseRun(definition).start({});
    expect(run.incidents).toEqual(['gateway condition-not-boolean']);

    run.set({ amount: 50 }).retry('gateway');
    expect(run.incidents).toEqual([]);
    expect(run.tasks).toEqual(['B']);
    expect(run.done('gateway')).toBe(1);
  });

  test('asks a person when no flow can be taken', async () => {
    const gateway = element('exclusiveGateway', 'gateway');
    const ways = [flow('gateway', 'A', '=amount > 100'), flow('gateway', 'B', '=amount > 10')];
    const content = [nodes[0], gateway, nodes[2], nodes[3], chain('start gateway'), ...ways].join('');
    const run = new CaseRun(await compiled(processOf('p', content))).start({ amount: 1 });
    expect(run.incidents).toEqual(['gateway no-flow-possible']);
  });

  test('lets tokens through one by one, without waiting for others', async () => {
    const merge = [
      element('startEvent', 'start'),
      element('parallelGateway', 'fork'),
      element('exclusiveGateway', 'merge'),
      element('userTask', 'A'),
      chain('start fork'),
      flow('fork', 'merge', undefined, 'one'),
      flow('fork', 'merge', undefined, 'two'),
      chain('merge A'),
    ];
    expect(new CaseRun(await compiled(processOf('p', ...merge))).start().tasks).toEqual(['A', 'A']);
  });
});
