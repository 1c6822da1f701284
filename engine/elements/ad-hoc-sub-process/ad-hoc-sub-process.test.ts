import { describe, expect, test } from 'vitest';
import { CaseRun, compiled, findingsOf } from '../../../tests/spec/case-run.ts';
import { boundary, chain, element, flow, processOf, timer } from '../../../tests/spec/diagram.ts';

type Shape = { readonly attributes?: string; readonly condition?: string; readonly content?: string };

/** `start S after end`; in S tasks A, B, and C with D behind it. */
async function started({ attributes = '', condition, content = '' }: Shape = {}): Promise<CaseRun> {
  const completion = condition === undefined ? '' : `<bpmn:completionCondition>${condition}</bpmn:completionCondition>`;
  const tasks = ['A', 'B', 'C', 'D'].map((id) => element('userTask', id)).join('');
  const inside = `${tasks}${flow('C', 'D')}${content}${completion}`;
  const definition = await compiled(
    processOf(
      'p',
      element('startEvent', 'start'),
      element('adHocSubProcess', 'S', inside, attributes),
      element('userTask', 'after'),
      element('endEvent', 'end'),
      chain('start S after end'),
    ),
  );
  return new CaseRun(definition).start({ done: false });
}

const enter = (activityId: string) => ({ type: 'EnterActivity' as const, elementId: 'S', activityId });
const complete = { type: 'CompleteAdHoc' as const, elementId: 'S' };

describe('an ad-hoc sub-process', () => {
  test('begins nothing by itself and waits', async () => {
    const run = await started();
    expect(run.tasks).toEqual([]);
    expect(run.outcome).toBeUndefined();
  });

  test('lets activities be done in any order and as often as needed', async () => {
    const run = (await started()).accepted(enter('B')).accepted(enter('A')).accepted(enter('A'));
    expect(run.tasks).toEqual(['A', 'A', 'B']);
  });

  test('follows the flows inside it', async () => {
    const run = (await started()).accepted(enter('C')).complete('C');
    expect(run.tasks).toEqual(['D']);
    expect(run.refused(enter('D')).code).toBe('invalid-input');
  });

  test('that is sequential has one thing under way at a time', async () => {
    const run = (await started({ attributes: 'ordering="Sequential"' })).accepted(enter('A'));
    expect(run.refused(enter('B')).code).toBe('invalid-input');
    expect(run.complete('A').accepted(enter('B')).tasks).toEqual(['B']);
  });

  test('is completed by command, once nothing is under way', async () => {
    const run = (await started()).accepted(enter('A'));
    expect(run.refused(complete).code).toBe('invalid-input');
    expect(run.complete('A').accepted(complete).tasks).toEqual(['after']);
    expect(run.refused(enter('A')).code).toBe('invalid-input');
  });

  test('stops what is under way when its condition holds', async () => {
    const run = (await started({ condition: '=done' })).accepted(enter('A')).accepted(enter('B'));
    expect(run.complete('A').tasks).toEqual(['B']);
    expect(run.accepted(enter('A')).complete('A', { done: true }).tasks).toEqual(['after']);
  });

  test('may let what is under way end by itself', async () => {
    const shape = { condition: '=done', attributes: 'cancelRemainingInstances="false"' };
    const run = (await started(shape)).accepted(enter('A')).accepted(enter('B')).complete('A', { done: true });
    expect(run.tasks).toEqual(['B']);
    expect(run.refused(enter('A')).code).toBe('invalid-input');
    expect(run.complete('B').tasks).toEqual(['after']);
  });

  test('asks its condition after each run of a repeated activity as a whole', async () => {
    const loop =
      '<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>2</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>';
    const run = await started({ condition: '=done', content: element('userTask', 'M', loop) });
    run.accepted(enter('M')).complete('M', { done: true });
    expect(run.tasks).toEqual(['M']);
    expect(run.complete('M').tasks).toEqual(['after']);
  });

  test('stops there with an incident when its condition says nothing', async () => {
    const run = (await started({ condition: '=missing' })).accepted(enter('A')).complete('A');
    expect(run.incidents).toEqual(['A condition-not-boolean']);
    expect(run.set({ missing: true }).retry('A').tasks).toEqual(['after']);
  });

  test('is left by its boundary event like any activity', async () => {
    const definition = await compiled(
      processOf(
        'p',
        element('startEvent', 'start'),
        element('adHocSubProcess', 'S', element('userTask', 'A')),
        boundary('late', 'S', timer('timeDuration', 'PT1H')),
        element('userTask', 'chase'),
        chain('start S'),
        flow('late', 'chase'),
      ),
    );
    expect(new CaseRun(definition).start().accepted(enter('A')).fire('late').tasks).toEqual(['chase']);
  });

  test('has its condition parsed at deployment', async () => {
    const inside = `${element('userTask', 'A')}<bpmn:completionCondition>=1 +</bpmn:completionCondition>`;
    const findings = await findingsOf(
      processOf('p', element('startEvent', 'start'), element('adHocSubProcess', 'S', inside), chain('start S')),
    );
    expect(findings).toContainEqual(expect.objectContaining({ rule: 'expression', elementId: 'S' }));
  });
});
