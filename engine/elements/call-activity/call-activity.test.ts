import { describe, expect, test } from 'vitest';
import { CaseRun, compiled, findingsOf } from '../../../tests/spec/case-run.ts';
import { boundary, chain, element, extension, io, on, processOf } from '../../../tests/spec/diagram.ts';

const failing = element('error', 'Failed', '', 'errorCode="failed"');
const thrown = on('error', '', 'errorRef="Failed"');
const called = processOf(
  'refund',
  element('startEvent', 'calledStart'),
  element('userTask', 'Approve'),
  element('exclusiveGateway', 'ok', '', 'default="ok_no"'),
  element('endEvent', 'yes'),
  element('endEvent', 'no', thrown),
  chain('calledStart Approve ok'),
  `<bpmn:sequenceFlow id="ok_yes" sourceRef="ok" targetRef="yes"><bpmn:conditionExpression>=approved</bpmn:conditionExpression></bpmn:sequenceFlow>`,
  chain('ok no'),
);
const calling = (element_: string, propagate: boolean, mappings: string) =>
  processOf(
    'p',
    element('startEvent', 'start'),
    element(
      'callActivity',
      'Call',
      extension(
        `<zeebe:calledElement processId="${element_}" propagateAllChildVariables="${propagate}" propagateAllParentVariables="false" />`,
        mappings,
      ),
    ),
    boundary('failed', 'Call', thrown),
    element('userTask', 'After'),
    element('userTask', 'Failure'),
    chain('start Call After'),
    chain('failed Failure'),
  );

describe('a call activity', () => {
  test('runs another process of the package in the same case, which sees only what is passed', async () => {
    const run = new CaseRun(
      await compiled(failing, called, calling('refund', false, io({ amount: '=total' }, { done: '=approved' }))),
    );
    run.start({ total: 5, secret: 1 }, { processId: 'p' });
    expect(run.view.tasks).toMatchObject([{ elementId: 'Approve', processId: 'refund' }]);

    run.complete('Approve', { approved: true, other: 1 });
    expect(run.tasks).toEqual(['After']);
    expect(run.variables).toEqual({ total: 5, secret: 1, done: true });
  });

  test('brings everything back when told to', async () => {
    const run = new CaseRun(await compiled(failing, called, calling('refund', true, '')));
    run.start({}, { processId: 'p' }).complete('Approve', { approved: true });
    expect(run.variables).toEqual({ approved: true });
  });

  test('catches an error the called process ends with', async () => {
    const run = new CaseRun(await compiled(failing, called, calling('refund', false, '')));
    run.start({}, { processId: 'p' }).complete('Approve', { approved: false });
    expect(run.tasks).toEqual(['Failure']);
  });

  test('is refused at deployment when it calls what is not there', async () => {
    const findings = await findingsOf(failing, called, calling('nothing', false, ''));
    expect(findings).toContainEqual(expect.objectContaining({ rule: 'called-process-missing', elementId: 'Call' }));
  });

  describe('that binds by version tag', () => {
    const tagged = (tag: string) =>
      calling('refund', false, '').replace('processId="refund"', `processId="refund" bindingType="versionTag" ${tag}`);
    const versioned = (tag: string) =>
      called.replace('isExecutable="true">', `isExecutable="true">${extension(`<zeebe:versionTag value="${tag}" />`)}`);

    test('runs the process of that tag, and the tag is on record', async () => {
      const run = new CaseRun(await compiled(failing, versioned('2.1'), tagged('versionTag="2.1"')));
      run.start({}, { processId: 'p' });
      expect(run.tasks).toEqual(['Approve']);
      expect(run.events).toContainEqual(
        expect.objectContaining({
          type: 'ScopeOpened',
          scope: expect.objectContaining({ definition: 'refund', versionTag: '2.1' }),
        }),
      );
    });

    test.each([
      ['the package holds another version', versioned('2.0'), 'versionTag="2.1"', 'but it holds 2.0'],
      ['the process has no tag', called, 'versionTag="2.1"', 'has no version tag'],
      ['it names no tag', versioned('2.0'), '', 'but the call names none'],
    ])('is refused when %s', async (_, process, tag, but) => {
      expect(await findingsOf(failing, process, tagged(tag))).toContainEqual(
        expect.objectContaining({ rule: 'version-binding', elementId: 'Call', message: expect.stringContaining(but) }),
      );
    });
  });
});
