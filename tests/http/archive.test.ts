import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../db/connect.ts';
import { findRunningServer } from '../../db/embedded-server.ts';
import { createKeyRing, loadMasterKey } from '../../db/key-ring.ts';
import { createPostgresStores } from '../../db/stores.ts';
import { type ServerProcess, startServer } from '../e2e/server-process.ts';
import { clerk, must, openEngine, tenantId } from '../engine/engine-under-test.ts';
import { oneTaskBody, sampleFlow } from '../engine/sample-flow.ts';
import { signedIn, type Visitor } from './visitor.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'meridian-archive-'));
const archive = join(folder, 'spring');
const passphrase = 'a long winter in the north';

let server: ServerProcess;
let doctor: Visitor;
let auditor: Visitor;
let chosen: Awaited<ReturnType<typeof anEndedCase>>;

beforeAll(async () => {
  server = await startServer();
  [doctor, auditor] = await Promise.all([signedIn(server.url, 'dr-wang'), signedIn(server.url, 'au-lu')]);
  chosen = await anEndedCase();
}, 180_000);
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A case that came to its end in March, of a flow of its own. */
async function anEndedCase() {
  const database = openDatabase({ url: findRunningServer(server.dataDir)?.appUrl ?? '' });
  const body = oneTaskBody.replace('<bpmn:process ', '<bpmn:process clinical:recordClass="prescription-narcotic" ');
  const { engine, startCase, see } = await openEngine(sampleFlow('sample', body), {
    stores: createPostgresStores(database),
    parts: { keyRing: createKeyRing(loadMasterKey(server.dataDir)) },
  });
  const [patientId, businessKey] = ['P000007', 'ORD-7'];
  const { caseId } = await startCase({ orderNo: businessKey, patient: { patientId, name: '王小明' } });
  const task = { tenantId, by: clerk, caseId, taskId: (await see(caseId)).view.tasks[0]?.taskId ?? '' };
  must(await engine.claim({ ...task, key: 'claim' }));
  must(await engine.complete({ ...task, key: 'complete', variables: {} }));
  await database.close();
  return { caseId, patientId, businessKey };
}

/** Runs `npm run archive` beside the server; gives its exit code and what it said. */
async function run(args: readonly string[], input = passphrase) {
  const child = spawn('npm', ['run', '--silent', 'archive', '--', ...args], {
    cwd: root,
    env: { ...process.env, DATA_DIR: server.dataDir },
  });
  child.stdin.end(`${input}\n`);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const said = `${await text(child.stdout)}${await text(child.stderr)}`.trim();
  return { code: await ended, said, summary: said.split('\n').at(-1) };
}

const page = async (visitor: Visitor, path: string, language: string) => {
  await visitor.post('/language', { language });
  const answer = await visitor.ask(path);
  return { status: answer.status, html: await answer.text() };
};

it('tells how it is called, and refuses what it does not understand', { timeout: 240_000 }, async () => {
  expect(await run(['--help'])).toMatchObject({ code: 0, said: expect.stringContaining('--bring-back') });
  for (const args of [[], ['--nonsense'], [archive, '--ended-before', '2026-02-31'], ['--bring-back', archive]])
    expect(await run(args), args.join(' ')).toMatchObject({ code: 2 });
  expect(await run([archive], 'short')).toMatchObject({ code: 1, said: expect.stringMatching(/passphrase of 12/) });
  expect(await run(['--bring-back', archive, chosen.caseId])).toMatchObject({ code: 1 });
});

it('archives beside a running Meridian; the case is found by its numbers and its page says where it is', {
  timeout: 120_000,
}, async () => {
  const { code, summary } = await run([archive, '--ended-before', '2026-06-01']);
  expect({ code, summary }).toEqual({
    code: 0,
    summary: expect.stringMatching(/^archive .*spring: 1 cases archived \(prescription-narcotic 1\), 0 kept back/),
  });
  for (const found of [`text=${chosen.businessKey}`, `patient=${chosen.patientId}`]) {
    const list = await page(doctor, `/cases?${found}`, 'en');
    expect(list.html, found).toContain(chosen.caseId);
    expect(list.html, found).toContain('Archived');
  }
  const [english, chinese] = [
    await page(doctor, `/cases/${chosen.caseId}`, 'en'),
    await page(doctor, `/cases/${chosen.caseId}`, 'zh-CN'),
  ];
  expect(english).toMatchObject({ status: 200, html: expect.stringMatching(/no longer in the database[\s\S]*spring/) });
  expect(chinese).toMatchObject({ status: 200, html: expect.stringMatching(/已归档[\s\S]*至少保存到/) });
  for (const path of [`/audit/${chosen.caseId}`, `/tasks/${chosen.caseId}/1`]) {
    const answer = await (path.startsWith('/audit') ? auditor : doctor).ask(path);
    expect([answer.status, answer.headers.get('location')], path).toEqual([302, `/cases/${chosen.caseId}`]);
  }
});

it('refuses to destroy what is to be kept, and brings the case back', { timeout: 120_000 }, async () => {
  expect(await run(['--due'])).toMatchObject({ code: 0, summary: 'archive: 0 archives may be destroyed' });
  expect(await run(['--destroy', archive])).toMatchObject({
    code: 1,
    said: expect.stringMatching(/kept until 2029-03-02/),
  });
  expect(await run(['--bring-back', archive, chosen.caseId])).toMatchObject({
    code: 0,
    summary: expect.stringMatching(/1 of 1 cases brought back and proved$/),
  });
  const back = await page(doctor, `/cases/${chosen.caseId}`, 'en');
  expect(back.html).not.toContain('no longer in the database');
  expect((await auditor.ask(`/audit/${chosen.caseId}`)).status).toBe(200);
});

it('destroys an archive nobody need keep; the page of its case says so and no longer of whom it was', {
  timeout: 120_000,
}, async () => {
  // A case that was brought back returns into its own archive.
  expect(await run([archive, '--ended-before', '2026-06-01'])).toMatchObject({ code: 0 });
  await letTenYearsPass();
  expect(await run(['--due'])).toMatchObject({ code: 0, summary: 'archive: 1 archives may be destroyed' });
  const { code, summary } = await run(['--destroy', archive]);
  expect({ code, summary }).toEqual({ code: 0, summary: expect.stringMatching(/spring: destroyed, 1 cases/) });
  const [english, chinese] = [
    await page(doctor, `/cases/${chosen.caseId}`, 'en'),
    await page(doctor, `/cases/${chosen.caseId}`, 'zh-CN'),
  ];
  expect(english).toMatchObject({ status: 200, html: expect.stringMatching(/destroyed[\s\S]*spring/) });
  expect(chinese).toMatchObject({ status: 200, html: expect.stringMatching(/销毁/) });
  for (const { html } of [english, chinese]) {
    expect(html).not.toContain(chosen.patientId);
    expect(html).not.toContain(chosen.businessKey);
    expect(html).not.toContain('--bring-back');
  }
  const list = await page(doctor, `/cases?text=${chosen.businessKey}`, 'en');
  expect(list.html).not.toContain(chosen.caseId);
});

/** As if the case had ended, and been archived, ten years earlier. */
async function letTenYearsPass(): Promise<void> {
  const sql = postgres(findRunningServer(server.dataDir)?.ownerUrl ?? '', { max: 1 });
  await sql`set row_security = off`;
  const past = sql`interval '10 years'`;
  await sql`update archived_cases set ended_at = ended_at - ${past}, kept_until = kept_until - ${past}`;
  await sql.end();
}
