import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { patients } from '../../app/hospital/patients.ts';
import { type ServerProcess, startServer } from '../e2e/server-process.ts';
import { type ReceivedSpan, startReceiver } from './otlp-receiver.ts';
import { publish } from './publish.ts';
import { signedIn, type Visitor } from './visitor.ts';

const key = 'traced-print';
const patientId = 'P000003';
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const clickId = '00f067aa0ba902b7';

const definitions = (content: string) => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:clinical="urn:meridian:clinical:1" id="Definitions_traced" targetNamespace="urn:meridian:flows">
  <bpmn:message id="Told" name="traced.told"><bpmn:extensionElements><zeebe:subscription correlationKey="=caseNo" /></bpmn:extensionElements></bpmn:message>
  ${content}
</bpmn:definitions>`;

const task = (id: string, name: string, into: string, out: string) =>
  `<bpmn:userTask id="${id}" name="${name}"><bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="doctor" /></bpmn:extensionElements><bpmn:incoming>${into}</bpmn:incoming><bpmn:outgoing>${out}</bpmn:outgoing></bpmn:userTask>`;

/** A doctor does a task; something is printed for it, another case is told of it, and a second later there is one more task. */
const printing = definitions(`
  <bpmn:process id="traced_print" name="办理并打印" isExecutable="true" clinical:patientKey="=patient.patientId">
    <bpmn:startEvent id="Start"><bpmn:outgoing>F1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="F1" sourceRef="Start" targetRef="Check" />
    ${task('Check', '核对', 'F1', 'F2')}
    <bpmn:sequenceFlow id="F2" sourceRef="Check" targetRef="Tell" />
    <bpmn:intermediateThrowEvent id="Tell" name="通知"><bpmn:extensionElements><clinical:publish messageName="traced.told" correlationKey="=caseId" /></bpmn:extensionElements><bpmn:incoming>F2</bpmn:incoming><bpmn:outgoing>F3</bpmn:outgoing><bpmn:messageEventDefinition id="TellDefinition" messageRef="Told" /></bpmn:intermediateThrowEvent>
    <bpmn:sequenceFlow id="F3" sourceRef="Tell" targetRef="Fork" />
    <bpmn:parallelGateway id="Fork"><bpmn:incoming>F3</bpmn:incoming><bpmn:outgoing>F4</bpmn:outgoing><bpmn:outgoing>F5</bpmn:outgoing></bpmn:parallelGateway>
    <bpmn:sequenceFlow id="F4" sourceRef="Fork" targetRef="Print" />
    <bpmn:sequenceFlow id="F5" sourceRef="Fork" targetRef="Rest" />
    <bpmn:serviceTask id="Print" name="打印"><bpmn:extensionElements><zeebe:taskDefinition type="printer.print" retries="20" /><zeebe:ioMapping><zeebe:input source="=&quot;guide-slip&quot;" target="template" /><zeebe:input source="=patient.patientId" target="ref" /></zeebe:ioMapping></bpmn:extensionElements><bpmn:incoming>F4</bpmn:incoming><bpmn:outgoing>F6</bpmn:outgoing></bpmn:serviceTask>
    <bpmn:intermediateCatchEvent id="Rest" name="等候"><bpmn:incoming>F5</bpmn:incoming><bpmn:outgoing>F7</bpmn:outgoing><bpmn:timerEventDefinition id="RestDefinition"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT1S</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
    <bpmn:sequenceFlow id="F6" sourceRef="Print" targetRef="Join" />
    <bpmn:sequenceFlow id="F7" sourceRef="Rest" targetRef="Join" />
    <bpmn:parallelGateway id="Join"><bpmn:incoming>F6</bpmn:incoming><bpmn:incoming>F7</bpmn:incoming><bpmn:outgoing>F8</bpmn:outgoing></bpmn:parallelGateway>
    <bpmn:sequenceFlow id="F8" sourceRef="Join" targetRef="End" />
    <bpmn:endEvent id="End"><bpmn:incoming>F8</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>`);

/** Begins when it is told. */
const told = definitions(`
  <bpmn:process id="traced_told" name="接收通知" isExecutable="true">
    <bpmn:startEvent id="Heard"><bpmn:outgoing>F1</bpmn:outgoing><bpmn:messageEventDefinition id="HeardDefinition" messageRef="Told" /></bpmn:startEvent>
    <bpmn:sequenceFlow id="F1" sourceRef="Heard" targetRef="Read" />
    ${task('Read', '阅读', 'F1', 'F2')}
    <bpmn:sequenceFlow id="F2" sourceRef="Read" targetRef="End" />
    <bpmn:endEvent id="End"><bpmn:incoming>F2</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>`);

let receiver: Awaited<ReturnType<typeof startReceiver>>;
let server: ServerProcess;
let doctor: Visitor;

beforeAll(async () => {
  receiver = await startReceiver();
  server = await startServer({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });
  const title = { 'zh-CN': '办理并打印', en: 'Check and print' };
  for (const [flow, bpmn] of Object.entries({ 'traced-told': told, [key]: printing }))
    await publish(server.url, { key: flow, title, bpmn, forms: {}, decisions: {} });
  doctor = await signedIn(server.url, 'dr-wang');
}, 240_000);
afterAll(async () => {
  await server?.stop();
  await receiver?.close();
});

/** The spans of the click's trace so far. */
const spansOfClick = (): readonly ReceivedSpan[] => receiver.spans().filter((span) => span.traceId === traceId);

/** Waits for a span of the click's trace, or of those. */
async function received(
  wanted: (span: ReceivedSpan) => boolean,
  among = spansOfClick,
  timeout = 60_000,
): Promise<ReceivedSpan> {
  let found: ReceivedSpan | undefined;
  await expect
    .poll(
      () => {
        found = among().find(wanted);
        return found !== undefined;
      },
      { timeout, interval: 250 },
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
  const parent = spansOfClick().find(({ spanId }) => spanId === span.parentSpanId);
  return parent ? [parent.name, ...above(parent)] : [`under ${span.parentSpanId}`];
}

test('a click is followed to another case, to a timer and to the request another system gets, also when another process sends it', async () => {
  const started = await doctor.post(`/start/${key}`, { key: randomUUID(), patientId });
  const task = started.headers.get('location') ?? '';
  expect(task).toMatch(/^\/tasks\//);
  const fault = { intent: 'inject', connector: 'printer.print', answer: 'unavailable', times: '20' };
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

  // What a killed process had not sent yet is lost, so what follows from the click is looked for before.
  const begun = await received(({ name }) => name === 'command message-start');
  await standsUnder(begun, ['job message-start', 'command complete', 'POST tasks', `under ${clickId}`]);
  const { spanId } = await received(({ name }) => name === 'command complete');
  const isOfIt = ({ name, links }: ReceivedSpan) =>
    name === 'job timer' && links.some((link) => link.spanId === spanId);
  const fired = await received(isOfIt, receiver.spans);
  expect(fired.links).toEqual([{ traceId, spanId }]);
  expect(fired.parentSpanId ?? '').toBe('');
  expect(fired.traceId).not.toBe(traceId);

  await server.kill();
  await server.restart();
  // Until now the printer could not print, so that it is the new process that prints: at the latest when the lease of the killed one is over.
  await doctor.post('/simulators', { intent: 'clear' });
  const printed = ({ name, facts }: ReceivedSpan) =>
    name === 'delivery printer.print' && facts['meridian.outcome'] === 'done';
  const last = await received(printed, spansOfClick, 150_000);
  await standsUnder(last, ['job delivery', 'command complete', 'POST tasks', `under ${clickId}`]);
  expect(last.process).not.toBe(first.process);
  const taken = await received(({ name }) => name === 'decide CompleteJob');
  await expect.poll(() => above(taken), { timeout: 60_000, interval: 250 }).toContain('job delivery');
  expect(receiver.paths()).toEqual(['/v1/traces']);
}, 300_000);

test('an error page says what the request and its trace are called, for whoever looks them up', async () => {
  const headers = { traceparent: `00-${traceId}-${clickId}-01` };
  const page = await doctor.ask('/nowhere', { headers });
  expect(page.status).toBe(404);
  const called = page.headers.get('x-request-id') ?? '';
  expect(called).toMatch(/^[0-9a-f]{8}-/);
  expect(page.headers.get('x-trace-id')).toBe(traceId);
  const text = await page.text();
  expect(text).toContain(`>${called.slice(0, 8)}<`);
  expect(text).toContain(`>${traceId}<`);
});

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
