import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publish } from '../http/publish.ts';
import { arrive, launchBrowser, picture, type Visitor } from './browser.ts';
import { type ServerProcess, startServer } from './server-process.ts';

let server: ServerProcess;
let browser: Browser;
let doctor: Visitor;
let nurse: Visitor;
let clerk: Visitor;

const key = 'ward-care';

/** A phase of care in no order: a doctor's consultation, a nurse's dressing. */
const bpmn = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:clinical="urn:meridian:clinical:1" id="Definitions_care" targetNamespace="urn:meridian:flows">
  <bpmn:process id="ward_care" name="病区照护" isExecutable="true">
    <bpmn:startEvent id="Start"><bpmn:outgoing>F1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="F1" sourceRef="Start" targetRef="Care" />
    <bpmn:adHocSubProcess id="Care" name="住院照护" clinical:nameEn="Inpatient care"><bpmn:incoming>F1</bpmn:incoming><bpmn:outgoing>F2</bpmn:outgoing>
      <bpmn:userTask id="Consult" name="会诊" clinical:nameEn="Consultation"><bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="doctor" /></bpmn:extensionElements></bpmn:userTask>
      <bpmn:userTask id="Dressing" name="换药" clinical:nameEn="Dressing"><bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="nurse" /></bpmn:extensionElements></bpmn:userTask>
    </bpmn:adHocSubProcess>
    <bpmn:sequenceFlow id="F2" sourceRef="Care" targetRef="End" />
    <bpmn:endEvent id="End"><bpmn:incoming>F2</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
  <bpmndi:BPMNDiagram id="Diagram"><bpmndi:BPMNPlane id="Plane" bpmnElement="ward_care">
    <bpmndi:BPMNShape id="Start_di" bpmnElement="Start"><dc:Bounds x="160" y="182" width="36" height="36" /></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="Care_di" bpmnElement="Care" isExpanded="true"><dc:Bounds x="250" y="100" width="350" height="200" /></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="Consult_di" bpmnElement="Consult"><dc:Bounds x="280" y="150" width="100" height="80" /></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="Dressing_di" bpmnElement="Dressing"><dc:Bounds x="450" y="150" width="100" height="80" /></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="End_di" bpmnElement="End"><dc:Bounds x="660" y="182" width="36" height="36" /></bpmndi:BPMNShape>
    <bpmndi:BPMNEdge id="F1_di" bpmnElement="F1"><di:waypoint x="196" y="200" /><di:waypoint x="250" y="200" /></bpmndi:BPMNEdge>
    <bpmndi:BPMNEdge id="F2_di" bpmnElement="F2"><di:waypoint x="600" y="200" /><di:waypoint x="660" y="200" /></bpmndi:BPMNEdge>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>`;

async function startCase(page: Page): Promise<string> {
  await page.goto(`/start/${key}`);
  await page.getByRole('button', { name: '发起' }).click();
  await page.waitForURL((url) => url.pathname.startsWith('/cases/'));
  return new URL(page.url()).pathname;
}

const startable = (page: Page) => page.getByRole('region', { name: /可开展的工作|Work that may be started/ });
const tasks = (page: Page) => page.getByRole('region', { name: /当前任务|Current tasks/ });

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
  await publish(server.url, { key, title: { 'zh-CN': '病区照护', en: 'Ward care' }, bpmn, forms: {}, decisions: {} });
  [doctor, nurse, clerk] = await Promise.all([
    arrive(browser, server.url, 'dr-wang'),
    arrive(browser, server.url, 'nurse-liu'),
    arrive(browser, server.url, 'clerk-ma'),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test('people begin what they may do from the case page, by keyboard, and complete the phase', async () => {
  const path = await startCase(doctor.page);
  const work = startable(doctor.page);
  // Each sees what he may begin; of the rest, for whom it is.
  await work.getByText('此任务由以下角色办理：护士。', { exact: false }).waitFor();
  await work.getByRole('button', { name: '开展：会诊' }).focus();
  await doctor.page.keyboard.press('Enter');
  await tasks(doctor.page).getByText('会诊').waitFor();
  await work.getByText('现在不能结束：本阶段还有工作正在进行，须先完成。').waitFor();
  await picture(doctor.page, 'ad-hoc-work');

  await nurse.page.goto(path);
  await startable(nurse.page).getByRole('button', { name: '开展：换药' }).click();
  await tasks(nurse.page).getByText('换药').waitFor();
  expect(await startable(nurse.page).getByRole('button').count()).toBe(1);

  for (const visitor of [doctor, nurse]) {
    await visitor.page.goto(path);
    await visitor.page.getByRole('link', { name: '办理' }).click();
    await visitor.page.getByRole('button', { name: '提交', exact: true }).click();
    await visitor.page.waitForURL((url) => !url.pathname.startsWith('/tasks'));
  }

  await clerk.page.goto(path);
  await startable(clerk.page).getByText('现在不能结束', { exact: false }).waitFor();
  expect(await startable(clerk.page).getByRole('button').count()).toBe(0);

  await nurse.page.goto(path);
  await nurse.page.getByRole('button', { name: '结束本阶段：住院照护' }).click();
  await startable(nurse.page).waitFor({ state: 'detached' });
  expect([...doctor.complaints, ...nurse.complaints, ...clerk.complaints]).toEqual([]);
});

test('what is no longer possible is refused in words, in the language shown, and nothing begins', async () => {
  await startCase(nurse.page);
  const work = startable(nurse.page);
  await work.getByRole('button', { name: '开展：换药' }).waitFor();
  // As from a page that somebody else's work has overtaken.
  await nurse.page.route(/\/cases\//, (route) => {
    const postData = route
      .request()
      .postData()
      ?.replace(/scopeId=\d+/, 'scopeId=999');
    return route.continue(postData === undefined ? {} : { postData });
  });
  await work.getByRole('button', { name: '开展：换药' }).click();
  await nurse.page.getByRole('alert').getByText('本阶段已结束或尚未开始。').waitFor();
  expect(await tasks(nurse.page).getByRole('listitem').count()).toBe(0);
  await nurse.page.getByRole('button', { name: 'EN', exact: true }).click();
  await work.getByRole('button', { name: 'Start: Dressing' }).waitFor();
  await work.getByText('This task is for: Doctor', { exact: false }).waitFor();
  expect(await work.getByRole('button', { name: 'Complete this phase: Inpatient care' }).count()).toBe(1);
});
