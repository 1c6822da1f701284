import { expect, test } from 'vitest';
import { clerk, must, openEngine, person, tenantId } from './engine-under-test.ts';
import { sampleFlow } from './sample-flow.ts';

const doctor = person('dr-wang', ['doctor']);

/** Care in no order: a doctor's consultation, a clerk's call; then the end. */
const care = sampleFlow(
  'care',
  `<bpmn:process id="Care" isExecutable="true">
    <bpmn:startEvent id="S1"><bpmn:outgoing>F1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:adHocSubProcess id="Phase"><bpmn:incoming>F1</bpmn:incoming><bpmn:outgoing>F2</bpmn:outgoing>
      <bpmn:userTask id="Consult"><bpmn:extensionElements><zeebe:assignmentDefinition candidateGroups="doctor"/></bpmn:extensionElements></bpmn:userTask>
      <bpmn:userTask id="Call"><bpmn:extensionElements><zeebe:assignmentDefinition candidateGroups="clerk"/></bpmn:extensionElements></bpmn:userTask>
    </bpmn:adHocSubProcess>
    <bpmn:endEvent id="E1"><bpmn:incoming>F2</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="F1" sourceRef="S1" targetRef="Phase"/><bpmn:sequenceFlow id="F2" sourceRef="Phase" targetRef="E1"/>
  </bpmn:process>`,
);

async function begun() {
  const opened = await openEngine(care);
  const { caseId } = await opened.startCase();
  const place = { tenantId, caseId, elementId: 'Phase' };
  return { ...opened, ...place, place };
}

test('what may be begun is told to each person, with why not', async () => {
  const { engine, caseId } = await begun();
  const told = must(await engine.startableWork({ tenantId, caseId, by: clerk }));
  expect(told).toMatchObject({
    version: 1,
    phases: [
      {
        elementId: 'Phase',
        activities: [
          { activityId: 'Call', refusal: undefined },
          { activityId: 'Consult', refusal: { code: 'not-eligible', params: { roles: 'doctor' } } },
        ],
        completionRefusal: undefined,
      },
    ],
  });
  const nowhere = { tenantId, by: clerk, caseId: '01950000-0000-7000-8000-000000000000' };
  expect(await engine.startableWork(nowhere)).toMatchObject({ rejection: { code: 'case-not-found' } });
});

test('an activity is entered once however often the request comes, and stands in the history', async () => {
  const { engine, place, caseId, see, stores } = await begun();
  const request = { ...place, by: clerk, key: 'k1', activityId: 'Call' };
  const first = must(await engine.enterActivity(request));
  expect(must(await engine.enterActivity(request))).toEqual(first);
  expect((await see(caseId)).view.tasks.map(({ elementId }) => elementId)).toEqual(['Call']);
  expect(await engine.enterActivity({ ...request, activityId: 'Consult' })).toMatchObject({
    rejection: { code: 'key-reused' },
  });
  const entry = (await stores.cases.entries({ tenantId, caseId })).at(-1);
  expect(entry?.header).toMatchObject({ command: { type: 'EnterActivity' }, actor: { id: clerk.id } });
});

test('who may not is refused by the command as by the list, and nothing changes', async () => {
  const { engine, place, caseId, see } = await begun();
  const refused = await engine.enterActivity({ ...place, by: clerk, key: 'k1', activityId: 'Consult' });
  expect(refused).toMatchObject({ rejection: { code: 'not-eligible' } });
  const stranger = person('sw-peng', ['social-worker']);
  expect(await engine.completeAdHoc({ ...place, by: stranger, key: 'k2' })).toMatchObject({
    rejection: { code: 'not-eligible' },
  });
  expect((await see(caseId)).stored.version).toBe(1);
});

test('a phase is completed when nothing is under way in it, and then offers nothing', async () => {
  const { engine, place, caseId, see } = await begun();
  must(await engine.enterActivity({ ...place, by: doctor, key: 'k1', activityId: 'Consult' }));
  expect(await engine.completeAdHoc({ ...place, by: doctor, key: 'k2' })).toMatchObject({
    rejection: { code: 'phase-busy' },
  });
  const [task] = (await see(caseId)).view.tasks;
  must(await engine.complete({ tenantId, caseId, by: doctor, key: 'k3', taskId: task?.taskId ?? '', variables: {} }));
  expect(must(await engine.completeAdHoc({ ...place, by: doctor, key: 'k4' }))).toMatchObject({ ended: true });
  expect(must(await engine.startableWork({ tenantId, caseId, by: doctor })).phases).toEqual([]);
});
