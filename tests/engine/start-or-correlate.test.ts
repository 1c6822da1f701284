import { describe, expect, test } from 'vitest';
import { createEngine, createMemoryStore, type JsonObject, openTasksOf, parseState } from '../../engine/index.ts';
import { clerk, must, openEngine, tenantId } from './engine-under-test.ts';
import { sampleFlow } from './sample-flow.ts';

const flow = (id: string, from: string, to: string) =>
  `<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}"/>`;

/** Begins when an order is placed, or by hand; then waits for the order to be placed again, and ends. */
const body = `<bpmn:message id="M_Placed" name="order.placed"><bpmn:extensionElements><zeebe:subscription correlationKey="=orderNo"/></bpmn:extensionElements></bpmn:message>
<bpmn:process id="Sample" isExecutable="true" clinical:businessKey="=orderNo">
  <bpmn:startEvent id="S1_Placed"><bpmn:messageEventDefinition id="MD1" messageRef="M_Placed"/></bpmn:startEvent>
  <bpmn:startEvent id="S2_ByHand"/>
  <bpmn:intermediateCatchEvent id="E1_Again"><bpmn:messageEventDefinition id="MD2" messageRef="M_Placed"/></bpmn:intermediateCatchEvent>
  <bpmn:endEvent id="E2"/>
  ${flow('F1', 'S1_Placed', 'E1_Again')}${flow('F2', 'S2_ByHand', 'E1_Again')}${flow('F3', 'E1_Again', 'E2')}
</bpmn:process>`;

async function opened() {
  const { tables, ...stores } = createMemoryStore();
  const engine = await openEngine(sampleFlow('sample', body), { stores });
  const place = (messageId: string, payload: JsonObject = {}, correlationKey = 'ORD-1') =>
    engine.engine.publishMessage({
      ...{ tenantId, messageId, messageName: 'order.placed', correlationKey, source: 'his' },
      payload: { orderNo: correlationKey, ...payload },
    });
  return { ...engine, place, statuses: () => [...tables.cases.values()].map(({ status }) => status) };
}

/** Begins when an order is both placed and paid. */
const togetherBody = `<bpmn:message id="M_Placed" name="order.placed"><bpmn:extensionElements><zeebe:subscription correlationKey="=orderNo"/></bpmn:extensionElements></bpmn:message>
<bpmn:message id="M_OrderPaid" name="order.paid"><bpmn:extensionElements><zeebe:subscription correlationKey="=orderNo"/></bpmn:extensionElements></bpmn:message>
<bpmn:process id="Sample" isExecutable="true">
  <bpmn:startEvent id="S1" parallelMultiple="true"><bpmn:messageEventDefinition id="MD1" messageRef="M_Placed"/><bpmn:messageEventDefinition id="MD2" messageRef="M_OrderPaid"/></bpmn:startEvent>
  <bpmn:userTask id="A1"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements></bpmn:userTask>
  <bpmn:endEvent id="E1"/>
  ${flow('F1', 'S1', 'A1')}${flow('F2', 'A1', 'E1')}
</bpmn:process>`;

describe('a start by several messages together', () => {
  test('begins one case a key, whichever message comes first, and goes on when both have come', async () => {
    const { tables, ...stores } = createMemoryStore();
    const { engine, runAll, problems } = await openEngine(sampleFlow('sample', togetherBody), { stores });
    const send = (messageName: string, correlationKey: string) =>
      engine.publishMessage({
        ...{ tenantId, messageId: `${messageName}-${correlationKey}`, messageName, correlationKey, source: 'his' },
        payload: { orderNo: correlationKey },
      });
    const tasks = () => [...tables.cases.values()].map(({ state }) => openTasksOf(parseState(state)).length);
    await send('order.paid', 'ORD-1');
    await runAll();
    await send('order.placed', 'ORD-2');
    await runAll();
    expect(tasks()).toEqual([0, 0]);
    await send('order.placed', 'ORD-1');
    await runAll();
    expect(tasks()).toEqual([1, 0]);
    expect(problems).toEqual([]);
  });
});

describe('a message that begins a case', () => {
  test('goes to the case begun under its key, and begins another only when that has ended', async () => {
    const { place, runAll, statuses, problems } = await opened();
    await place('m1');
    await runAll();
    expect(statuses()).toEqual(['active']);
    await place('m2');
    await runAll();
    expect(statuses()).toEqual(['ended']);
    await place('m3');
    await runAll();
    expect(statuses()).toEqual(['ended', 'active']);
    expect(problems).toEqual([]);
  });

  test('begins a case a key', async () => {
    const { place, runAll, statuses } = await opened();
    await place('m1');
    await place('m2', {}, 'ORD-2');
    await runAll();
    expect(statuses()).toEqual(['active', 'active']);
  });

  test('begins a case each time where it has no key', async () => {
    const { place, runAll, statuses } = await opened();
    await place('m1', { orderNo: 'ORD-1' }, '');
    await place('m2', { orderNo: 'ORD-1' }, '');
    await runAll();
    expect(statuses()).toEqual(['active', 'active']);
  });

  test('begins one case although two of its kind come at once to two engines', async () => {
    const { place, engine, parts, statuses, runAll, problems, stores } = await opened();
    const other = createEngine(parts);
    await Promise.all([place('m1'), place('m2')]);
    // Both are matched before either has begun its case.
    for (const messageId of ['m1', 'm2']) expect(await stores.messages.find(tenantId, messageId)).toBeDefined();
    await stores.messages.correlate({
      tenantId,
      messageName: 'order.placed',
      correlationKey: 'ORD-1',
      at: parts.clock.now(),
    });
    await Promise.all([engine, other, engine, other].map((one) => one.runDueWork({ limit: 1 })));
    await runAll();
    // The second went to the case the first began, which waited for it.
    expect(statuses()).toEqual(['ended']);
    expect(problems).toEqual([]);
  });

  test('goes to a case begun by hand whose business key is its key', async () => {
    const { place, engine, runAll, statuses } = await opened();
    const byHand = (key: string) =>
      engine.start({ tenantId, by: clerk, key, processKey: 'sample', variables: { orderNo: 'ORD-1' } });
    must(await byHand('k1'));
    await place('m1');
    await runAll();
    expect(statuses()).toEqual(['ended']);
    // A person who begins a second case for the same order is not stopped.
    must(await byHand('k2'));
    must(await byHand('k3'));
    expect(statuses()).toEqual(['ended', 'active', 'active']);
  });
});
