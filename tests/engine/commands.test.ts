import { describe, expect, test } from 'vitest';
import { createEngine } from '../../engine/index.ts';
import { clerk, must, openEngine, person, tenantId } from './engine-under-test.ts';
import { sampleFlow } from './sample-flow.ts';

async function withTask() {
  const opened = await openEngine(sampleFlow());
  const { caseId } = await opened.startCase();
  const { view } = await opened.see(caseId);
  const [task] = view.tasks;
  if (!task) throw new Error('Expected a task');
  return { ...opened, caseId, taskId: task.taskId, task };
}

describe('a case', () => {
  test('opens its task with the keys of the patient and the order', async () => {
    const { engine, see, caseId, task } = await withTask();
    expect(task).toMatchObject({ elementId: 'A1_Charge', dueAt: '2026-03-02T02:00:00.000Z' });
    const state = JSON.parse((await see(caseId)).stored.state);
    expect(state).toMatchObject({ patientKey: 'P000001', businessKey: 'ORD-1' });
    expect(must(await engine.mayWorkOn({ tenantId, by: clerk, caseId, taskId: task.taskId }))).toEqual(task);
  });

  test('ends when its task is completed', async () => {
    const { engine, see, caseId, taskId } = await withTask();
    const accepted = must(
      await engine.complete({ tenantId, by: clerk, key: 'c1', caseId, taskId, variables: { paid: true } }),
    );
    expect(accepted).toEqual({ caseId, version: 2, ended: true });
    expect((await see(caseId)).view).toMatchObject({
      status: 'ended',
      outcome: 'completed',
      variables: { paid: true },
    });
  });

  test('a task completed twice is completed once, and the second person is told by whom', async () => {
    const { engine, caseId, taskId } = await withTask();
    const completions = ['a', 'b'].map((key) =>
      engine.complete({ tenantId, by: person(`clerk-${key}`), key, caseId, taskId, variables: {} }),
    );
    const [first, second] = await Promise.all(completions);
    expect(first).toMatchObject({ ok: true });
    expect(second).toMatchObject({
      ok: false,
      rejection: { code: 'task-already-completed', params: { by: 'clerk-a' } },
    });
    const late = { tenantId, by: person('clerk-c'), caseId };
    const told = { rejection: { code: 'task-already-completed', params: { by: 'clerk-a' } } };
    expect(await engine.claim({ ...late, key: 'c', taskId })).toMatchObject(told);
    expect(await engine.mayWorkOn({ ...late, taskId })).toMatchObject(told);
    expect(await engine.mayWorkOn({ ...late, taskId: `${caseId}-999` })).toMatchObject({
      rejection: { code: 'case-ended' },
    });
  });

  test('somebody without the role is refused by command and by look alike, and nothing changes', async () => {
    const { engine, see, caseId, taskId } = await withTask();
    const by = person('dr-wang', ['doctor']);
    const refused = { ok: false, rejection: { code: 'not-eligible' } };
    expect(await engine.mayWorkOn({ tenantId, by, caseId, taskId })).toMatchObject(refused);
    expect(await engine.claim({ tenantId, by, key: 'k1', caseId, taskId })).toMatchObject(refused);
    expect(await engine.complete({ tenantId, by, key: 'k2', caseId, taskId, variables: {} })).toMatchObject(refused);
    expect((await see(caseId)).stored.version).toBe(1);
  });

  test('a claimed task is nobody else’s until it is given back', async () => {
    const { engine, caseId, taskId } = await withTask();
    const other = person('clerk-zhu');
    must(await engine.claim({ tenantId, by: clerk, key: 'k1', caseId, taskId }));
    expect(await engine.claim({ tenantId, by: other, key: 'k2', caseId, taskId })).toMatchObject({
      rejection: { code: 'task-claimed-by-other' },
    });
    must(await engine.release({ tenantId, by: clerk, key: 'k3', caseId, taskId }));
    must(await engine.claim({ tenantId, by: other, key: 'k4', caseId, taskId }));
  });

  test('is recorded at the time it had already reached when the clock was behind', async () => {
    const { parts, stores, caseId, taskId } = await withTask();
    const behind = { ...parts, clock: { now: () => '2026-03-01T00:00:00.000Z' } };
    must(await createEngine(behind).claim({ tenantId, by: clerk, key: 'k', caseId, taskId }));
    const entries = await stores.cases.entries({ tenantId, caseId });
    expect(entries.at(-1)?.header.recordedAt).toBe('2026-03-02T00:00:00.000Z');
  });

  test('that is not there is said to be not there', async () => {
    const { engine } = await openEngine(sampleFlow());
    const nowhere = { tenantId, by: clerk, key: 'k', caseId: '01950000-0000-7000-8000-000000000000', taskId: 'x' };
    expect(await engine.claim(nowhere)).toMatchObject({ rejection: { code: 'case-not-found' } });
    expect(await engine.mayWorkOn(nowhere)).toMatchObject({ rejection: { code: 'case-not-found' } });
  });
});

describe('data no case may hold', () => {
  test.each([
    ['NUL', { note: 'a\0b' }, 'invalid-input'],
    ['too much', { note: 'x'.repeat(1_100_000) }, 'limit-exceeded'],
  ])('%s are refused and nothing changes', async (_name, variables, code) => {
    const { engine, see, caseId, taskId } = await withTask();
    const answer = await engine.complete({ tenantId, by: clerk, key: 'c', caseId, taskId, variables });
    expect(answer).toMatchObject({ ok: false, rejection: { code } });
    expect((await see(caseId)).stored.version).toBe(1);
    const start = await engine.start({ tenantId, by: clerk, key: 's', processKey: 'sample', variables });
    expect(start).toMatchObject({ ok: false, rejection: { code } });
    const message = { tenantId, messageId: 'm', messageName: 'n', correlationKey: '', payload: variables, source: 's' };
    await expect(engine.publishMessage(message)).rejects.toThrow(TypeError);
  });
});

describe('the same request sent again', () => {
  test('gets the same answer and changes nothing', async () => {
    const { engine, see, caseId, taskId } = await withTask();
    const request = { tenantId, by: clerk, key: 'once', caseId, taskId, variables: { paid: true } };
    const first = await engine.complete(request);
    expect(await engine.complete(request)).toEqual(first);
    expect((await see(caseId)).stored.version).toBe(2);
  });

  test('at the same moment is done once', async () => {
    const { engine, see, caseId, taskId } = await withTask();
    const request = { tenantId, by: clerk, key: 'once', caseId, taskId, variables: {} };
    const answers = await Promise.all([engine.complete(request), engine.complete(request), engine.complete(request)]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await see(caseId)).stored.version).toBe(2);
  });

  test('starts one case', async () => {
    const { engine } = await openEngine(sampleFlow());
    const request = { tenantId, by: clerk, key: 'start', processKey: 'sample', variables: { orderNo: '1' } };
    const [first, second] = await Promise.all([engine.start(request), engine.start(request)]);
    expect(must(first).caseId).toBe(must(second).caseId);
  });

  test('with another body is refused', async () => {
    const { engine, caseId, taskId } = await withTask();
    const request = { tenantId, by: clerk, key: 'once', caseId, taskId };
    must(await engine.claim(request));
    expect(await engine.complete({ ...request, variables: {} })).toMatchObject({ rejection: { code: 'key-reused' } });
  });
});

describe('versions', () => {
  test('a running case keeps its version; new ones follow the new', async () => {
    const { engine, see, startCase, caseId } = await withTask();
    const changed = sampleFlow();
    const pkg = { ...changed, bpmn: changed.bpmn.replaceAll('A1_Charge', 'A1_Pay') };
    expect(must(await engine.publish({ tenantId, by: clerk, pkg }))).toMatchObject({ version: 2 });
    const second = await startCase();
    expect((await see(caseId)).view.tokens).toMatchObject([{ elementId: 'A1_Charge' }]);
    expect((await see(second.caseId)).view.tokens).toMatchObject([{ elementId: 'A1_Pay' }]);
  });

  test('a flow with an error is not published, and says where', async () => {
    const { engine } = await openEngine(sampleFlow());
    const broken = { ...sampleFlow(), bpmn: '<not-bpmn/>' };
    const answer = await engine.publish({ tenantId, by: clerk, pkg: broken });
    expect(answer).toMatchObject({ ok: false, rejection: { code: 'invalid-input' } });
    expect((await engine.check({ tenantId, pkg: broken })).some((finding) => finding.severity === 'error')).toBe(true);
  });

  test('a flow nobody published cannot be started', async () => {
    const { engine } = await openEngine(sampleFlow());
    const request = { tenantId, by: clerk, key: 'k', processKey: 'unknown', variables: {} };
    expect(await engine.start(request)).toMatchObject({ rejection: { code: 'definition-not-found' } });
    expect(await engine.start({ ...request, processKey: 'sample', startEventId: 'nowhere' })).toMatchObject({
      rejection: { code: 'start-not-found' },
    });
  });
});
