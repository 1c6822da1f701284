import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../../db/connect.ts';
import { createKeyRing } from '../../db/key-ring.ts';
import { createPostgresStores } from '../../db/stores.ts';
import {
  type Connector,
  createEngine,
  createSystemClock,
  createSystemRandomness,
  type Instant,
  parseState,
  viewCase,
} from '../../engine/index.ts';
import { clerk, tenantId } from '../engine/engine-under-test.ts';

/**
 * Works on cases until every one has ended, and may be killed at any moment. Every act has a key that says what it is, as a browser's form
 * has, so doing it again after a restart is safe. Arguments: database URL, case count. Prints one line per act; the parent reads nothing else.
 */
const [url = '', count = '1'] = process.argv.slice(2);
const database = openDatabase({ url, maxConnections: 4 });
const stores = createPostgresStores(database);

/** Writes each act it is asked for into a table of its own, as another system would, and says done. */
const recorder: Connector = {
  jobType: 'payment.refund',
  delivery: 'idempotent',
  async perform({ key, caseId }) {
    await database.raw`insert into outside_acts (key, case_id) values (${key}, ${caseId})`;
    await sleep(2);
    return { status: 'done', output: { refunded: true } };
  },
};

const now = (): Instant => createSystemClock().now();
const engine = createEngine({
  ...{
    stores,
    clock: { now },
    randomness: createSystemRandomness(),
    keyRing: createKeyRing(new Uint8Array(32).fill(7)),
  },
  directory: { person: async () => clerk, peopleOnDuty: async () => [clerk], people: async () => [clerk] },
  connectors: { find: () => recorder },
  forms: { validate: async ({ data }) => ({ ok: true, data }) },
});

async function workOn(n: number): Promise<boolean> {
  const started = await engine.start({
    tenantId,
    by: clerk,
    key: `start-${n}`,
    processKey: 'crash',
    variables: { orderNo: `ORD-${n}` },
  });
  if (!started.ok) throw new Error(started.rejection.message);
  const { caseId } = started.value;
  const { case: stored } = await stores.cases.load({ tenantId, caseId });
  if (!stored) throw new Error('Expected the started case in the store');
  const view = viewCase(parseState(stored.state));
  if (view.status === 'ended') return true;
  for (const { taskId, elementId } of view.tasks)
    await engine.complete({
      tenantId,
      by: clerk,
      key: `${n}-${elementId}`,
      caseId,
      taskId,
      variables: { [elementId]: n },
    });
  if (view.subscriptions.length > 0)
    await engine.publishMessage({
      ...{ tenantId, messageId: `paid-${n}`, messageName: 'payment.confirmed', correlationKey: `ORD-${n}` },
      ...{ payload: { paid: n }, source: 'test' },
    });
  return false;
}

const open = new Set(Array.from({ length: Number(count) }, (_, index) => index));
while (open.size > 0) {
  for (const n of open) if (await workOn(n)) open.delete(n);
  await engine.runDueWork({ limit: 20 });
}
await database.close();
console.log('all ended');
