import { randomUUID } from 'node:crypto';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest';
import { publish } from '../http/publish.ts';
import { signedIn, type Visitor as Window } from '../http/visitor.ts';
import { arrive, keepText, launchBrowser, picture, type Visitor } from './browser.ts';
import { showIn } from './hospital.ts';
import { type ServerProcess, startServer } from './server-process.ts';

let server: ServerProcess;
let browser: Browser;
let owner: Visitor;
let second: Visitor;
let doctor: Window;

const key = 'label-print';

/** A flow that prints one thing and ends: it stops where the printer does. */
const bpmn = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:clinical="urn:meridian:clinical:1" id="Definitions_print" targetNamespace="urn:meridian:flows">
  <bpmn:process id="label_print" name="打印标签" isExecutable="true">
    <bpmn:startEvent id="Start"><bpmn:outgoing>F1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="F1" sourceRef="Start" targetRef="Print" />
    <bpmn:serviceTask id="Print" name="打印" clinical:nameEn="Print"><bpmn:extensionElements><zeebe:taskDefinition type="printer.print" retries="1" /><zeebe:ioMapping><zeebe:input source="=&quot;guide-slip&quot;" target="template" /><zeebe:input source="=&quot;slip-1&quot;" target="ref" /></zeebe:ioMapping></bpmn:extensionElements><bpmn:incoming>F1</bpmn:incoming><bpmn:outgoing>F2</bpmn:outgoing></bpmn:serviceTask>
    <bpmn:sequenceFlow id="F2" sourceRef="Print" targetRef="End" />
    <bpmn:endEvent id="End"><bpmn:incoming>F2</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
  <bpmndi:BPMNDiagram id="Diagram"><bpmndi:BPMNPlane id="Plane" bpmnElement="label_print">
    <bpmndi:BPMNShape id="Start_di" bpmnElement="Start"><dc:Bounds x="160" y="182" width="36" height="36" /></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="Print_di" bpmnElement="Print"><dc:Bounds x="250" y="160" width="100" height="80" /></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="End_di" bpmnElement="End"><dc:Bounds x="410" y="182" width="36" height="36" /></bpmndi:BPMNShape>
    <bpmndi:BPMNEdge id="F1_di" bpmnElement="F1"><di:waypoint x="196" y="200" /><di:waypoint x="250" y="200" /></bpmndi:BPMNEdge>
    <bpmndi:BPMNEdge id="F2_di" bpmnElement="F2"><di:waypoint x="350" y="200" /><di:waypoint x="410" y="200" /></bpmndi:BPMNEdge>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>`;

/** Starts cases whose request to the printer fails. */
async function startStopped(cases: number): Promise<void> {
  const fault = { intent: 'inject', connector: 'printer.print', answer: 'unavailable', times: String(cases) };
  await doctor.post('/simulators', fault);
  for (let n = 0; n < cases; n += 1) expect((await start()).status).toBe(302);
}

const start = () => doctor.post(`/start/${key}`, { key: randomUUID() });

const group = (page: Page) => page.getByRole('row').filter({ hasText: '打印标签' }).filter({ hasText: '调用失败' });

/** Waits until the operations room counts so many incidents of the flow. */
async function untilStopped(page: Page, incidents: number): Promise<void> {
  await expect
    .poll(
      async () => {
        await page.goto('/operations');
        await page.locator('#incidents-title').waitFor();
        const row = group(page);
        return (await row.count()) === 0 ? 0 : Number(await row.locator('.tag.danger').textContent());
      },
      { timeout: 60_000 },
    )
    .toBe(incidents);
}

async function isUsable(page: Page, name: string): Promise<void> {
  await picture(page, `operations-room-${name}`);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const barriers = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(barriers.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`)).toEqual(
    [],
  );
}

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ SECOND_PERSON_ABOVE: '2' }), launchBrowser()]);
  await publish(server.url, {
    key,
    title: { 'zh-CN': '打印标签', en: 'Print a label' },
    bpmn,
    forms: {},
    decisions: {},
  });
  [owner, second, doctor] = await Promise.all([
    arrive(browser, server.url, 'po-lu'),
    arrive(browser, server.url, 'sa-jiang'),
    signedIn(server.url, 'dr-wang'),
  ]);
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe('the operations room', { timeout: 600_000 }, () => {
  test('retries a whole group of incidents: preview, dry run, a second person who agrees to the number', async () => {
    onTestFailed(async () => {
      await keepText('operations-room-server.log', server.output());
      for (const [name, { page }] of Object.entries({ owner, second })) await picture(page, `failed-room-${name}`);
    });
    const { page } = owner;
    await startStopped(3);
    await untilStopped(page, 3);
    await isUsable(page, 'group');
    await group(page).getByRole('link', { name: '全部重试' }).press('Enter');
    await page.getByText('3 个事项中的 3 个异常。').waitFor();
    await page.getByText('执行前须由另一位有权限的人员批准').waitFor();
    expect(await page.locator('tbody tr').count()).toBe(3);
    await isUsable(page, 'preview');
    await page.getByRole('button', { name: '试算（3 个异常）' }).press('Enter');
    await page.getByText('必须说明理由').waitFor();
    await page.getByRole('textbox', { name: '理由' }).fill('打印机已修好');
    await page.getByRole('button', { name: '试算（3 个异常）' }).press('Enter');
    await page.getByText('试算完成').waitFor();
    await page.getByText('将在“打印”重试').first().waitFor();
    await page.getByRole('button', { name: '申请另一人批准' }).press('Enter');
    await page.getByText('等待另一人批准').waitFor();
    expect(await page.getByRole('checkbox').count()).toBe(0);

    const releaser = second.page;
    await releaser.goto(new URL(page.url()).pathname);
    await releaser.getByText('请核对后批准执行').waitFor();
    const run = releaser.getByRole('button', { name: '执行（3 项）' });
    await run.press('Enter');
    await releaser.getByText('请先勾选确认（3 个）').waitFor();
    await releaser.getByRole('checkbox', { name: '确认重试 3 个异常' }).press('Space');
    await isUsable(releaser, 'release');
    await run.press('Enter');
    await releaser.getByText('已完成 3，被拒绝 0').waitFor();
    await untilStopped(page, 0);
    await page.goto(`/cases?flow=${key}&status=ended`);
    await expect.poll(() => page.locator('tbody tr').count()).toBe(3);
  });

  test('cancels cases that are ticked, unless it is withdrawn before', async () => {
    const { page } = owner;
    await startStopped(1);
    await untilStopped(page, 1);
    const begin = async () => {
      await page.goto(`/cases?flow=${key}&status=active`);
      await page.getByRole('link', { name: '取消这些事项' }).press('Enter');
      await page.getByText('1 个进行中的事项。').waitFor();
      await page.getByRole('textbox', { name: '理由' }).fill('重复发起');
      await page.getByRole('button', { name: '试算（1 个事项）' }).press('Enter');
      await page.getByText('试算完成').waitFor();
    };
    await begin();
    await page.getByRole('button', { name: '撤回' }).press('Enter');
    await page.getByText('已撤回').first().waitFor();
    expect(
      await page
        .getByRole('button')
        .filter({ hasText: /执行|继续|停止|撤回/ })
        .count(),
    ).toBe(0);
    await page.goto(`/cases?flow=${key}&status=active`);
    await expect.poll(() => page.locator('tbody tr').count()).toBe(1);
    await begin();
    await page.getByRole('checkbox', { name: '确认取消 1 个事项' }).press('Space');
    await page.getByRole('button', { name: '执行（1 项）' }).press('Enter');
    await page.getByText('已完成 1，被拒绝 0').waitFor();
    await page.goto(`/cases?flow=${key}&status=active`);
    await page.getByText('没有符合条件的事项').waitFor();
  });

  test('takes nothing for everything when nothing is ticked, and says so in either language', async () => {
    const { page } = owner;
    await page.goto('/operations');
    await page.getByRole('checkbox').first().press('Space');
    await page.getByRole('button', { name: '取消所选事项' }).press('Enter');
    await page.getByText('1 个进行中的事项。').waitFor();
    await page.goto('/operations');
    await page.getByRole('button', { name: '取消所选事项' }).press('Enter');
    await page.getByText('没有选中任何进行中的事项').waitFor();
    await showIn(page, 'en');
    await page.getByText('No running case is chosen').waitFor();
    await isUsable(page, 'nothing-en');
    expect([...owner.complaints, ...second.complaints]).toEqual([]);
  });
});
