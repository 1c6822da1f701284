import { expect, test } from 'vitest';
import { createFormValidator } from '../../forms/index.ts';
import { clerk, must, openEngine, tenantId } from './engine-under-test.ts';
import { sampleFlow } from './sample-flow.ts';

const seq = (id: string, from: string, to: string, condition = '') =>
  `<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}">${condition}</bpmn:sequenceFlow>`;

/** Asked until it is approved; neither the start nor the task names a form. */
const untilApproved = `<bpmn:process id="Sample" isExecutable="true">
  <bpmn:startEvent id="S1"/>${seq('F1', 'S1', 'Ask')}
  <bpmn:userTask id="Ask" name="Ask"/>${seq('F2', 'Ask', 'G')}
  <bpmn:exclusiveGateway id="G" default="F4"/>
  ${seq('F3', 'G', 'E', '<bpmn:conditionExpression>=approved</bpmn:conditionExpression>')}${seq('F4', 'G', 'Ask')}
  <bpmn:endEvent id="E"/>
</bpmn:process>`;

const start = { tenantId, by: clerk, processKey: 'plain' };

async function open() {
  const opened = await openEngine(sampleFlow('plain', untilApproved), { parts: { forms: createFormValidator() } });
  const { engine, see } = opened;
  const { caseId } = must(await engine.start({ ...start, key: 'start', variables: {} }));
  const answer = async (key: string, variables: Parameters<typeof engine.complete>[0]['variables']) => {
    const [task] = (await see(caseId)).view.tasks;
    return engine.complete({ tenantId, by: clerk, key, caseId, taskId: task?.taskId ?? '', variables });
  };
  return { ...opened, caseId, answer };
}

test('a task without a form of its own refuses what its generated form does not ask for; nothing changes', async () => {
  const { answer, see, caseId } = await open();
  const { stored } = await see(caseId);
  for (const [key, variables, path] of [
    ['type', { approved: 'maybe' }, '/approved'],
    ['name', { role: 'admin' }, '/role'],
  ] as const) {
    const refused = await answer(key, variables);
    expect(refused).toMatchObject({ ok: false, rejection: { code: 'invalid-form', fields: [{ path }] } });
  }
  expect((await see(caseId)).stored).toEqual(stored);
});

test('what was answered can be answered otherwise the next time round', async () => {
  const { answer } = await open();
  expect(must(await answer('no', { approved: false }))).toMatchObject({ ended: false });
  expect(must(await answer('yes', { approved: true }))).toMatchObject({ ended: true });
});

test('a start without a form refuses what the flow does not ask for', async () => {
  const { engine } = await open();
  const refused = await engine.start({ ...start, key: 'bad', variables: { approved: 1 } });
  expect(refused).toMatchObject({ ok: false, rejection: { code: 'invalid-form', fields: [{ path: '/approved' }] } });
});
