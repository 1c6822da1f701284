import { expect, test } from 'vitest';
import { CaseRun, compiled, person } from '../../tests/spec/case-run.ts';
import { chain, element, extension, flow, io, processOf, script } from '../../tests/spec/diagram.ts';

const task = (id: string, ...inside: string[]) =>
  element('userTask', id, inside.length > 0 ? extension(...inside) : '');
const apart = (...from: string[]) => `<clinical:eligibility notActorOf="${from.join(' ')}" />`;

async function actorsRead(...more: string[]) {
  const nodes = [element('startEvent', 'start'), task('A'), task('B'), task('C'), chain('start A B C')];
  return (await compiled(processOf('p', ...nodes, ...more))).actorsRead;
}

test('nobody is remembered where nothing asks', async () => {
  expect(await actorsRead()).toEqual([]);
});

test.each([
  ['a separation of duties', [task('D', apart('A', 'B'))], ['A', 'B']],
  ['a mapping', [task('D', io({ writer: '=actors.B[-1]' }))], ['B']],
  [
    'an expression in an expression',
    [script('D', 'who', 'if actors.A != null then [actors.C[-1]] else []')],
    ['A', 'C'],
  ],
  ['a condition of a flow', [element('endEvent', 'end'), flow('C', 'end', '=count(actors.B) > 1')], ['B']],
  [
    'whether ad-hoc work is done',
    [
      element(
        'adHocSubProcess',
        'S',
        `${task('D')}<bpmn:completionCondition>=count(actors.D) > 1</bpmn:completionCondition>`,
      ),
      flow('C', 'S'),
    ],
    ['D'],
  ],
  ['another variable of the same name inside', [script('D', 'who', 'form.actors.A')], []],
])('%s asks for those it names', async (_, more, expected) => {
  expect(await actorsRead(...more)).toEqual(expected);
});

test.each([['actors'], ['actors["A"]'], ['get value(actors, name)'], ['for one in actors return one']])(
  '%s asks for all of them',
  async (feel) => {
    expect(await actorsRead(script('D', 'who', feel))).toBe('all');
  },
);

test('a case remembers those, and each as often as it acted', async () => {
  const content = [
    ...[element('startEvent', 'start'), task('A'), task('B'), script('s', 'who', 'actors.A')],
    ...[element('exclusiveGateway', 'x'), element('endEvent', 'end')],
    ...[chain('start A B s x'), flow('x', 'A', '=again', 'back'), flow('x', 'end', '=not(again)', 'out')],
  ];
  const run = new CaseRun(await compiled(processOf('p', ...content))).start();
  run.complete('A', {}, person('x1')).complete('B', { again: true }, person('x2'));
  run.complete('A', {}, person('x3')).complete('B', { again: false }, person('x4'));
  expect(run.variables.who).toEqual(['x1', 'x3']);
  expect(run.state.actors).toEqual({ A: ['x1', 'x3'] });
});
