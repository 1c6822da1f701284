import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyAllCases } from '../../db/backup/verify-all-cases.ts';
import type { ServerProcess } from '../e2e/server-process.ts';
import { signedIn, type Visitor } from '../http/visitor.ts';
import { openTcpProxy, type TcpProxy } from '../postgres/tcp-proxy.ts';
import { chaosFlow, flowKey } from './flow.ts';
import { type Installation, openInstallation } from './installation.ts';
import { mountSmallDisk } from './small-disk.ts';

/** Room for a new database and little more. */
const disk = mountSmallDisk(400);
let installation: Installation;
let proxy: TcpProxy;
/** A node beside the database, and one that reaches it by a way that can be slow. */
let near: ServerProcess;
let far: ServerProcess;
let clerk: Visitor;
let farClerk: Visitor;

beforeAll(async () => {
  installation = await openInstallation({ flow: chaosFlow, durable: false, ...(disk && { within: disk.folder }) });
  proxy = await openTcpProxy(Number(new URL(installation.ownerUrl).port));
  [near, far] = await Promise.all([installation.startNode(), installation.startNode(proxy.url(installation.ownerUrl))]);
  [clerk, farClerk] = await Promise.all([signedIn(near.url, 'clerk-ma'), signedIn(far.url, 'clerk-zhu')]);
  await Promise.all([clerk.token(), farClerk.token()]);
}, 400_000);
afterAll(async () => {
  await Promise.all([near?.stop(), far?.stop()]);
  await proxy?.close();
  await installation?.close();
  disk?.close();
}, 60_000);

let made = 0;
const newName = () => {
  made += 1;
  return `fault-${made}`;
};
const startCase = (by: Visitor, key = newName()) =>
  by.post(`/start/${flowKey}`, { key, data: JSON.stringify({ orderNo: key }) });

/** A case and the address of its first task. */
async function newCase(by = clerk): Promise<{ caseId: string; task: string }> {
  const task = (await startCase(by)).headers.get('location') ?? '';
  return { task, caseId: task.split('/')[2] ?? '' };
}
const complete = (task: string, key: string, mark = 'x', by = clerk) =>
  by.post(task, { key, data: JSON.stringify({ mark }) });

/** What is said to somebody who is to come again: the status and the time. */
const told = ({ status, headers }: Response) => [status, headers.get('retry-after')];
const comeAgain = [503, '3'];

/** Sends again under the same key until it is done, as a person does who was asked to. */
async function untilDone(send: () => Promise<Response>): Promise<number> {
  for (let asked = 1; ; asked += 1) {
    const { status } = await send();
    if (status !== 503 || asked === 40) return status;
    await sleep(500);
  }
}

describe('a case somebody holds', () => {
  test('is refused for the moment, while others go on, and is gone on with under the same key', async () => {
    const [held, other] = [await newCase(), await newCase()];
    const key = newName();
    await installation.owner.begin(async (sql) => {
      await sql`select 1 from cases where case_id = ${held.caseId} for update`;
      const [refused, done] = await Promise.all([complete(held.task, key), complete(other.task, newName())]);
      expect([told(refused), done.status]).toEqual([comeAgain, 302]);
    });
    expect(await untilDone(() => complete(held.task, key))).toBe(302);
  }, 120_000);
});

describe('a table somebody holds', () => {
  test('turns commands and pages away for the moment', async () => {
    const { task, caseId } = await newCase();
    const key = newName();
    await installation.owner.begin(async (sql) => {
      await sql`lock table cases in access exclusive mode`;
      const [command, page] = await Promise.all([complete(task, key), clerk.ask(`/cases/${caseId}`)]);
      expect([told(command), told(page)]).toEqual([comeAgain, comeAgain]);
    });
    expect(await untilDone(() => complete(task, key))).toBe(302);
  }, 120_000);
});

describe('a database that is slow', () => {
  test('is waited for', async () => {
    proxy.delay(40);
    const { task } = await newCase(farClerk);
    expect((await complete(task, newName(), 'x', farClerk)).status).toBe(302);
    proxy.delay(0);
  }, 120_000);

  test('is given up when it does not answer at all; the other node goes on', async () => {
    const { task, caseId } = await newCase(farClerk);
    const key = newName();
    proxy.swallow(true);
    const command = complete(task, key, 'x', farClerk);
    const page = farClerk.ask(`/cases/${caseId}`);
    expect(await untilDone(() => startCase(clerk))).toBe(302);
    expect(told(await command)).toEqual(comeAgain);
    expect(told(await page)).toEqual(comeAgain);
    proxy.swallow(false);
    expect(await untilDone(() => complete(task, key, 'x', farClerk))).toBe(302);
  }, 240_000);
});

describe('variables that are too much', () => {
  const sentAs = async (data: unknown) => {
    const { task } = await newCase();
    const answer = await clerk.post(task, { key: newName(), data: JSON.stringify(data) });
    const after = await complete(task, newName());
    return { status: answer.status, said: await answer.text(), after: after.status };
  };
  const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

  test('100 MB are refused with the limit, and the task can still be done', async () => {
    const refused = await sentAs({ mark: 'x'.repeat(100 * 1024 * 1024) });
    expect(refused).toMatchObject({ status: 413, said: expect.stringMatching(/6 MB/), after: 302 });
  }, 120_000);

  test('100 MB whose size nobody says are refused just so', async () => {
    const part = Buffer.alloc(1024 * 1024, 'x');
    const body = new ReadableStream<Uint8Array>({
      start(stream) {
        for (let sent = 0; sent < 100; sent += 1) stream.enqueue(part);
        stream.close();
      },
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await clerk.ask('/start/chaos', { method: 'POST', headers, body });
    expect([answer.status, await answer.text()]).toEqual([413, expect.stringMatching(/6 MB/)]);
  }, 120_000);

  test('more than a case may hold is refused with the field and the limit', async () => {
    const refused = await sentAs({ mark: 'x'.repeat(1_200_000) });
    expect(refused).toMatchObject({
      status: 422,
      said: expect.stringMatching(/limit-exceeded-data|1000000/),
      after: 302,
    });
  }, 120_000);

  test('10,000 levels are refused with the field and the limit', async () => {
    const { task } = await newCase();
    const answer = await clerk.post(task, { key: newName(), data: `{"mark":${nested(10_000)}}` });
    const said = await answer.text();
    expect([answer.status, said]).toEqual([422, expect.stringMatching(/mark[\s\S]*40/)]);
    expect((await complete(task, newName())).status).toBe(302);
  }, 120_000);

  test('10,000 keys beside each other are refused by the form', async () => {
    const keys = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`k${n}`, n]));
    expect(await sentAs({ mark: 'x', ...keys })).toMatchObject({ status: expect.toBeOneOf([302, 422]) });
  }, 120_000);
});

describe.skipIf(!disk)('a disk that is full', () => {
  test('turns commands away, still shows pages, and is gone on with when there is room again', async () => {
    const { caseId } = await newCase();
    disk?.fill();
    let key = newName();
    let answer = await startCase(clerk, key);
    // What room is left within the tables is used first.
    for (let tries = 0; answer.status === 302 && tries < 2_000; tries += 1) {
      key = newName();
      answer = await startCase(clerk, key);
    }
    expect(told(answer)).toEqual(comeAgain);
    expect((await clerk.ask(`/cases/${caseId}`)).status).toBe(200);
    disk?.clear();
    expect(await untilDone(() => startCase(clerk, key))).toBe(302);
  }, 240_000);
});

test('after all of that every case replays to what is stored', async () => {
  const { ownerUrl, database, keyRing } = installation;
  const verdict = await verifyAllCases({ ownerUrl, database, keyRing });
  expect(verdict).toMatchObject({ broken: [], brokenCount: 0 });
  expect(verdict.cases).toBeGreaterThan(0);
}, 120_000);
