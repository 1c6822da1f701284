import { AsyncLocalStorage } from 'node:async_hooks';
import { expect, test } from 'vitest';
import type { Connector, SpanStart, Tracer } from '../../engine/index.ts';
import { openEngine, tenantId } from './engine-under-test.ts';
import { messageStartBody, oneJobBody, sampleFlow, waitingBody } from './sample-flow.ts';

/** Writes down each piece of work with what it stands under; its traceparent is its kind and number. */
function recordingTracer() {
  const underWay = new AsyncLocalStorage<string>();
  const begun: (SpanStart & { readonly id: string })[] = [];
  const tracer: Tracer = {
    current: () => underWay.getStore(),
    span(start, work) {
      const id = `${start.name}-${begun.length + 1}`;
      const ambient = underWay.getStore();
      begun.push({ ...(ambient !== undefined && { under: ambient }), ...start, id });
      return underWay.run(id, work);
    },
  };
  const named = (name: SpanStart['name'], kind?: string) => {
    const found = begun.find((span) => span.name === name && (kind === undefined || span.facts.kind === kind));
    if (!found) throw new Error(`Expected a ${name} ${kind}, but there is none`);
    return found;
  };
  return { tracer, begun, named };
}

const published = { tenantId, correlationKey: 'ORD-1', payload: {}, source: 'his' };

test('a request to another system carries the trace of its own attempt', async () => {
  const { tracer, named } = recordingTracer();
  const sent: (string | undefined)[] = [];
  const connector: Connector = {
    ...{ jobType: 'payment.refund', delivery: 'idempotent' },
    perform: async ({ traceparent }) => {
      sent.push(traceparent);
      return { status: 'done', output: {} };
    },
  };
  const { startCase, runAll } = await openEngine(sampleFlow('sample', oneJobBody), {
    connectors: [connector],
    parts: { tracer },
  });
  await startCase();
  await runAll();
  expect(sent).toEqual([named('delivery').id]);
  expect(named('job', 'delivery').under).toBe(named('command', 'start').id);
});

test('a request to another system carries none while nobody follows', async () => {
  const sent: object[] = [];
  const connector: Connector = {
    ...{ jobType: 'payment.refund', delivery: 'idempotent' },
    perform: async (request) => {
      sent.push(request);
      return { status: 'done', output: {} };
    },
  };
  const { startCase, runAll } = await openEngine(sampleFlow('sample', oneJobBody), { connectors: [connector] });
  await startCase();
  await runAll();
  expect(sent).toHaveLength(1);
  expect(sent[0]).not.toHaveProperty('traceparent');
});

test('a timer begins a trace of its own, linked with the command that set it', async () => {
  const { tracer, named } = recordingTracer();
  const { startCase, runAll } = await openEngine(sampleFlow('sample', waitingBody), { parts: { tracer } });
  await startCase();
  await runAll('2026-03-05T00:00:00.000Z');
  const fired = named('job', 'timer');
  expect(fired.under).toBeUndefined();
  expect(fired.link).toBe(named('command', 'start').id);
  expect(named('command', 'timer').under).toBe(fired.id);
});

test('a message goes on in the trace of whoever published it, also when its receiver came later', async () => {
  const { tracer, named } = recordingTracer();
  const { engine, startCase, runAll } = await openEngine(sampleFlow('sample', waitingBody), { parts: { tracer } });
  const send = { ...published, messageId: 'm1', messageName: 'payment.confirmed' };
  await tracer.span({ name: 'request', facts: {} }, () => engine.publishMessage(send));
  await runAll();
  await startCase();
  await runAll();
  const carried = named('job', 'message');
  expect(carried.under).toBe(named('request').id);
  expect(named('command', 'message').under).toBe(carried.id);
});

test('a message that begins a case does so in the trace of whoever published it', async () => {
  const { tracer, named } = recordingTracer();
  const { engine, runAll } = await openEngine(sampleFlow('sample', messageStartBody), { parts: { tracer } });
  const send = { ...published, messageId: 'm1', messageName: 'refund.asked' };
  await tracer.span({ name: 'request', facts: {} }, () => engine.publishMessage(send));
  await runAll();
  expect(named('job', 'message-start').under).toBe(named('request').id);
});

test('what goes to everybody begins a trace for each, linked with whoever published it', async () => {
  const { tracer, begun, named } = recordingTracer();
  const body = waitingBody.replaceAll('M_Paid', 'M_Moved');
  const moved =
    '<bpmn:message id="M_Moved" name="patient.transferred"><bpmn:extensionElements><zeebe:subscription correlationKey="=orderNo"/></bpmn:extensionElements></bpmn:message>';
  const { engine, startCase, runAll } = await openEngine(sampleFlow('sample', `${body}${moved}`), {
    parts: { tracer },
  });
  await startCase();
  await startCase();
  await runAll();
  const send = { ...published, messageId: 'm1', messageName: 'patient.transferred' };
  await tracer.span({ name: 'request', facts: {} }, () => engine.publishMessage(send));
  await runAll();
  const carried = begun.filter(({ name, facts }) => name === 'job' && facts.kind === 'message');
  expect(carried.map(({ under, link }) => [under, link])).toEqual([
    [undefined, named('request').id],
    [undefined, named('request').id],
  ]);
});
