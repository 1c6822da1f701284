import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { patients } from '../../app/hospital/patients.ts';
import { type ServerProcess, startServer } from '../e2e/server-process.ts';
import { type ReceivedSpan, startReceiver } from './otlp-receiver.ts';
import { signedIn, type Visitor } from './visitor.ts';

const key = 'traced-print';
const patientId = 'P000003';
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const clickId = '00f067aa0ba902b7';

/** A doctor does a task, and something is printed for it. */
const bpmn = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:clinical="urn:meridian:clinical:1" id="Definitions_traced" targetNamespace="urn:meridian:flows">
  <bpmn:process id="traced_print" name="办理并打印" isExecutable="true" clinical:patientKey="=patient.patientId">
    <bpmn:startEvent id="Start"><bpmn:outgoing>F1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="F1" sourceRef="Start" targetRef="Check" />
    <bpmn:userTask id="Check" name="核对"><bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="doctor" /></bpmn:extensionElements><bpmn:incoming>F1</bpmn:incoming><bpmn:outgoing>F2</bpmn:outgoing></bpmn:userTask>
    <bpmn:sequenceFlow id="F2" sourceRef="Check" targetRef="Print" />
    <bpmn:serviceTask id="Print" name="打印"><bpmn:extensionElements><zeebe:taskDefinition type="printer.print" retries="5" /><zeebe:ioMapping><zeebe:input source="=&quot;guide-slip&quot;" target="template" /><zeebe:input source="=patient.patientId" target="ref" /></zeebe:ioMapping></bpmn:extensionElements><bpmn:incoming>F2</bpmn:incoming><bpmn:outgoing>F3</bpmn:outgoing></bpmn:serviceTask>
    <bpmn:sequenceFlow id="F3" sourceRef="Print" targetRef="End" />
    <bpmn:endEvent id="End"><bpmn:incoming>F3</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>`;

let receiver: Awaited<ReturnType<typeof startReceiver>>;
let server: ServerProcess;
let doctor: Visitor;

beforeAll(async () => {
  receiver = await startReceiver();
  server = await startServer({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });
  const [writer, reviewer] = await Promise.all([signedIn(server.url, 'po-lu'), signedIn(server.url, 'pr-su')]);
  const pkg = { key, title: { 'zh-CN': '办理并打印', en: 'Check and print' }, bpmn, forms: {}, decisions: {} };
  const submitted = await writer.postJson(`/flows/${key}/draft`, { step: 'submit', revision: 0, pkg });
  const { hash } = await submitted.json();
  await reviewer.post(`/flows/${key}/review.data`, { hash, decision: 'approve', comment: '' });
  doctor = await signedIn(server.url, 'dr-wang');
}, 240_000);
afterAll(async () => {
  await server?.stop();
  await receiver?.close();
});

/** Waits for a span of the trace. */
async function received(wanted: (span: ReceivedSpan) => boolean): Promise<ReceivedSpan> {
  let found: ReceivedSpan | undefined;
  await expect
    .poll(
      () => {
        found = receiver.spansOf(traceId).find(wanted);
        return found !== undefined;
      },
      { timeout: 60_000, interval: 250 },
    )
    .toBe(true);
  if (!found) throw new Error('Expected the span, but it is not there');
  return found;
}

/** Waits until a span stands under these: what it stands under ends after it, and may be received after it. */
async function standsUnder(span: ReceivedSpan, outward: readonly string[]): Promise<void> {
  await expect.poll(() => above(span), { timeout: 60_000, interval: 250 }).toEqual(outward);
}

/** What a span stands under, from the nearest outward, so far as it was received. */
function above(span: ReceivedSpan): readonly string[] {
  const all = receiver.spansOf(traceId);
  const parent = all.find(({ spanId }) => spanId === span.parentSpanId);
  return parent ? [parent.name, ...above(parent)] : [`under ${span.parentSpanId}`];
}

test('a click is followed to the request another system gets, also when another process sends it', async () => {
  const started = await doctor.post(`/start/${key}`, { key: randomUUID(), patientId });
  const task = started.headers.get('location') ?? '';
  expect(task).toMatch(/^\/tasks\//);
  const fault = { intent: 'inject', connector: 'printer.print', answer: 'unavailable', times: '2' };
  await doctor.post('/simulators', fault);
  const body = new URLSearchParams({ csrf: await doctor.token(), key: randomUUID(), intent: 'complete', data: '{}' });
  const headers = { traceparent: `00-${traceId}-${clickId}-01` };
  expect((await doctor.ask(task, { method: 'POST', headers, body })).status).toBe(302);

  const first = await received(
    ({ name, facts }) => name === 'delivery printer.print' && facts['meridian.outcome'] === 'failed',
  );
  const commit = await received(({ name }) => name === 'commit');
  await standsUnder(commit, ['command complete', 'POST tasks', `under ${clickId}`]);
  const decide = await received(({ name }) => name === 'decide CompleteTask');
  await standsUnder(decide, above(commit));

  await server.kill();
  await server.restart();
  const last = await received(
    ({ name, facts }) => name === 'delivery printer.print' && facts['meridian.outcome'] === 'done',
  );
  await standsUnder(last, ['job delivery', 'command complete', 'POST tasks', `under ${clickId}`]);
  expect(last.process).not.toBe(first.process);
  const told = await received(({ name }) => name === 'decide CompleteJob');
  await expect.poll(() => above(told), { timeout: 60_000, interval: 250 }).toContain('job delivery');
  expect(receiver.paths()).toEqual(['/v1/traces']);
}, 180_000);

/** What must stand neither in a trace nor in the log: numbers and names of patients, and ids of cases. */
const ofPatients = new RegExp(
  ['P000\\d{3}', '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-', ...new Set(patients.map(({ name }) => name))].join('|'),
);

test('neither the traces nor the log of the walk and of the morning before it hold anything of a patient', async () => {
  await doctor.ask(`/cases?text=${patientId}`);
  await doctor.ask(`/patients?q=${patientId}`);
  await doctor.post('/tasks/01900000-0000-7000-8000-00000000aaaa/x', { intent: 'complete', key: 'k', data: '{' });
  expect(receiver.text()).not.toMatch(ofPatients);
  expect(server.output()).not.toMatch(ofPatients);
  const lines = server
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  for (const line of lines)
    expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number), time: expect.any(String) });
});
