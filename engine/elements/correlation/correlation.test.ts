import { describe, expect, test } from 'vitest';
import { CaseRun, compiled, findingsOf } from '../../../tests/spec/case-run.ts';
import { chain, element, extension, io, on, processOf } from '../../../tests/spec/diagram.ts';

const message = (id: string) => element('message', id, '', `name="${id}"`);
const by = (id: string) => on('message', '', `messageRef="${id}"`);
const property = (id: string, paths: Record<string, string>) =>
  element(
    'correlationProperty',
    id,
    Object.entries(paths)
      .map(
        ([about, path]) =>
          `<bpmn:correlationPropertyRetrievalExpression messageRef="${about}"><bpmn:messagePath>${path}</bpmn:messagePath></bpmn:correlationPropertyRetrievalExpression>`,
      )
      .join(''),
    `name="${id}"`,
  );
const conversation = (...properties: readonly string[]) =>
  element(
    'collaboration',
    'collaboration',
    element('participant', 'pool', '', 'processRef="p"') +
      element(
        'correlationKey',
        'Key',
        properties.map((one) => `<bpmn:correlationPropertyRef>${one}</bpmn:correlationPropertyRef>`).join(''),
        'name="order"',
      ),
  );
const messages = ['Placed', 'Paid', 'Done'].map(message);
const orderNo = property('No', { Placed: '=order.no', Paid: '=paidFor', Done: '=no' });
const publish = (run: CaseRun) =>
  run.effects.flatMap((effect) => (effect.type === 'PublishMessage' ? [effect.message.correlationKey] : []));
const waited = (run: CaseRun) =>
  Object.values(run.state.subscriptions).map(({ subscription }) => subscription.correlationKey);

const catching = (...content: readonly string[]) =>
  processOf(
    'p',
    ...content,
    element('intermediateCatchEvent', 'paid', by('Paid')),
    element('endEvent', 'done', by('Done') + extension(io({ no: '="other"' }))),
    chain('start paid done'),
  );

describe('a conversation with a correlation key', () => {
  test('is keyed by the message that begins the case; later ones must match, whatever the data become', async () => {
    const run = new CaseRun(
      await compiled(...messages, orderNo, conversation('No'), catching(element('startEvent', 'start', by('Placed')))),
    );
    run.start({ order: { no: 'O-1' } }, { startEventId: 'start' });
    expect(waited(run)).toEqual(['O-1']);
    run.set({ order: { no: 'O-2' } }).deliver('Paid', { paidFor: 'O-1' });
    expect(publish(run)).toEqual(['O-1']);
  });

  test('is keyed by the first message the case sends', async () => {
    const run = new CaseRun(
      await compiled(
        ...messages,
        orderNo,
        conversation('No'),
        processOf(
          'p',
          element('startEvent', 'start'),
          element('intermediateThrowEvent', 'place', extension(io({ order: '={ no: given }' })) + by('Placed')),
          element('receiveTask', 'paid', '', 'messageRef="Paid"'),
          chain('start place paid'),
        ),
      ),
    );
    run.start({ given: 'O-7' });
    expect(publish(run)).toEqual(['O-7']);
    expect(waited(run)).toEqual(['O-7']);
  });

  test('that is waited for before any message takes one without a key, which sets it', async () => {
    const run = new CaseRun(
      await compiled(
        ...messages,
        orderNo,
        conversation('No'),
        processOf(
          'p',
          element('startEvent', 'start'),
          element('intermediateCatchEvent', 'placed', by('Placed')),
          element('intermediateCatchEvent', 'paid', by('Paid')),
          chain('start placed paid'),
        ),
      ),
    );
    run.start();
    expect(waited(run)).toEqual(['']);
    run.deliver('Placed', { order: { no: 'O-3' } });
    expect(waited(run)).toEqual(['O-3']);
  });

  test('of several properties is all of them in order', async () => {
    const ward = property('Ward', { Placed: '=order.ward', Paid: '=ward', Done: '="W"' });
    const run = new CaseRun(
      await compiled(
        ...messages,
        orderNo,
        ward,
        conversation('No', 'Ward'),
        catching(element('startEvent', 'start', by('Placed'))),
      ),
    );
    run.start({ order: { no: 12, ward: 'A' } }, { startEventId: 'start' });
    expect(waited(run)).toEqual(['12|A']);
  });

  test('is told by the data of the process where it subscribes with them', async () => {
    const subscribed = catching(
      element('startEvent', 'start'),
      '<bpmn:correlationSubscription id="Sub" correlationKeyRef="Key"><bpmn:correlationPropertyBinding correlationPropertyRef="No"><bpmn:dataPath>=patient.order</bpmn:dataPath></bpmn:correlationPropertyBinding></bpmn:correlationSubscription>',
    );
    const run = new CaseRun(await compiled(...messages, orderNo, conversation('No'), subscribed));
    run.start({ patient: { order: 'O-9' } });
    expect(waited(run)).toEqual(['O-9']);
    expect(run.variables).not.toHaveProperty('correlationKeys');
  });

  test("gives way to the message's own subscription", async () => {
    const own = element('message', 'Paid', extension('<zeebe:subscription correlationKey="=mine" />'), 'name="Paid"');
    const run = new CaseRun(
      await compiled(
        ...[message('Placed'), own, message('Done')],
        orderNo,
        conversation('No'),
        catching(element('startEvent', 'start', by('Placed'))),
      ),
    );
    run.start({ order: { no: 'O-1' }, mine: 'M' }, { startEventId: 'start' });
    expect(waited(run)).toEqual(['M']);
  });

  test('is told as half a key where a message leaves a property out', async () => {
    const ward = property('Ward', { Placed: '=order.ward' });
    const findings = await findingsOf(
      ...[...messages, orderNo, ward, conversation('No', 'Ward')],
      catching(element('startEvent', 'start', by('Placed'))),
    );
    expect(findings).toContainEqual(
      expect.objectContaining({ rule: 'correlation-key-partial', elementId: 'Paid', severity: 'warning' }),
    );
  });
});
