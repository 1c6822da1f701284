import { describe, expect, test } from 'vitest';
import { CaseRun, compiled, findingsOf, person } from '../../../tests/spec/case-run.ts';
import { boundary, chain, element, extension, flow, processOf, timer } from '../../../tests/spec/diagram.ts';

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
    expect(run.refused(enter('B')).code).toBe('phase-busy');
    expect(run.complete('A').accepted(enter('B')).tasks).toEqual(['B']);
  });

  test('is completed by command, once nothing is under way', async () => {
    const run = (await started()).accepted(enter('A'));
    expect(run.refused(complete).code).toBe('phase-busy');
    expect(run.complete('A').accepted(complete).tasks).toEqual(['after']);
    expect(run.refused(enter('A')).code).toBe('phase-not-open');
  });

  test('stops what is under way when its condition holds', async () => {
    const run = (await started({ condition: '=done' })).accepted(enter('A')).accepted(enter('B'));
    expect(run.complete('A').tasks).toEqual(['B']);
    expect(run.accepted(enter('A')).complete('A', { done: true }).tasks).toEqual(['after']);
  });

  test('asks its condition after an activity only, not after an event on the way', async () => {
    const nudge = boundary('nudge', 'A', timer('timeDuration', 'PT1H'), false);
    const content = nudge + element('userTask', 'N') + flow('nudge', 'N');
    const run = (await started({ condition: '=done', content })).accepted(enter('A'));
    expect(run.set({ done: true }).fire('nudge').tasks).toEqual(['A', 'N']);
    expect(run.complete('N').tasks).toEqual(['after']);
  });

  test('may let what is under way end by itself', async () => {
    const shape = { condition: '=done', attributes: 'cancelRemainingInstances="false"' };
    const run = (await started(shape)).accepted(enter('A')).accepted(enter('B')).complete('A', { done: true });
    expect(run.tasks).toEqual(['B']);
    expect(run.refused(enter('A')).code).toBe('phase-not-open');
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

describe('who may begin and complete ad-hoc work', () => {
  const forRole = (role: string, more = '') =>
    extension(`<zeebe:assignmentDefinition candidateGroups="${role}" />`, more);
  const nurse = person('nurse-liu', { roles: ['nurse'] });
  const doctor = person('dr-wang', { roles: ['doctor'] });
  const by = (who: typeof nurse, activityId: string) => ({ ...enter(activityId), by: who });

  /** A is a nurse's and not for who did B; B is a doctor's; C is done by the engine. */
  async function under(named = '') {
    const inside = [
      named,
      element('userTask', 'A', forRole('nurse', '<clinical:eligibility notActorOf="B" />')),
      element('userTask', 'B', forRole('doctor')),
      element('task', 'C'),
    ].join('');
    const nodes = [
      element('startEvent', 'start'),
      element('adHocSubProcess', 'S', inside),
      element('userTask', 'after'),
    ];
    return new CaseRun(await compiled(processOf('p', ...nodes, chain('start S after')))).start();
  }

  test('an activity is entered by whoever could do it', async () => {
    const run = await under();
    expect(run.refused(by(doctor, 'A'))).toMatchObject({ code: 'not-eligible', params: { roles: 'nurse' } });
    expect(run.accepted(by(nurse, 'A')).accepted(by(doctor, 'B')).tasks).toEqual(['A', 'B']);
  });

  test('who may not do an activity because duties are apart may enter it for somebody else', async () => {
    const both = person('hn-guo', { roles: ['nurse', 'doctor'] });
    const run = (await under()).accepted(by(both, 'B')).complete('B', {}, both);
    run.accepted(by(both, 'A'));
    expect(run.refused(run.completion('A', {}, both)).code).toBe('separation-of-duties');
  });

  test('what nobody does by hand is entered, and the whole completed, by whoever may do something in it', async () => {
    const run = await under();
    const clerk = person('clerk-ma', { roles: ['clerk'] });
    expect(run.refused(by(clerk, 'C')).code).toBe('not-eligible');
    expect(run.refused({ ...complete, by: clerk }).code).toBe('not-eligible');
    expect(run.accepted(by(nurse, 'C')).accepted({ ...complete, by: doctor }).tasks).toEqual(['after']);
  });

  test('whom the sub-process names decides on everything in it, and nobody else', async () => {
    const run = await under(forRole('doctor'));
    expect(run.refused(by(nurse, 'A')).code).toBe('not-eligible');
    expect(run.accepted(by(doctor, 'A')).tasks).toEqual(['A']);
    expect(run.complete('A', {}, nurse).refused({ ...complete, by: nurse }).code).toBe('not-eligible');
    expect(run.accepted({ ...complete, by: doctor }).tasks).toEqual(['after']);
  });

  test('who completed it may be kept from what follows', async () => {
    const apart = extension('<clinical:eligibility notActorOf="S" />');
    const nodes = [element('startEvent', 'start'), element('adHocSubProcess', 'S', element('userTask', 'A'))];
    const definition = await compiled(
      processOf('p', ...nodes, element('userTask', 'review', apart), chain('start S review')),
    );
    const run = new CaseRun(definition).start().accepted({ ...complete, by: doctor });
    expect(run.refused(run.completion('review', {}, doctor)).code).toBe('separation-of-duties');
    expect(run.complete('review', {}, nurse).outcome).toBe('completed');
  });

  test('an element named as apart from it must be drawn', async () => {
    const named = extension('<clinical:eligibility notActorOf="nowhere" />');
    const findings = await findingsOf(
      processOf(
        'p',
        element('startEvent', 'start'),
        element('adHocSubProcess', 'S', named + element('task', 'A')),
        chain('start S'),
      ),
    );
    expect(findings).toContainEqual(expect.objectContaining({ rule: 'element-missing', elementId: 'S' }));
  });
});
