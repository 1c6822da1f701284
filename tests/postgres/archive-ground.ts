import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type ArchiveStep, archiveCases } from '../../db/archive/archive-cases.ts';
import { caseTables } from '../../db/archive/archived-cases.ts';
import { bringBack } from '../../db/archive/bring-back.ts';
import { createReadModels } from '../../db/create-read-models.ts';
import { createPostgresStores } from '../../db/stores.ts';
import { must, openEngine, person, tenantId } from '../engine/engine-under-test.ts';
import { oneTaskBody, sampleFlow } from '../engine/sample-flow.ts';
import { startTestDatabase, type TestDatabase } from './test-database.ts';

const passphrase = 'a long winter in the north';
const masterKey = new Uint8Array(32).fill(7);
const endedBefore = '2026-06-01T00:00:00.000Z';
/** A hospital without cases. */
export const otherHospital = '01900000-0000-7000-8000-0000000000ff';
const clerk = person('clerk-ma');

/** The database of these tests, and its owner's session. */
export let running: TestDatabase;
/** See `running`. */
export let owner: postgres.Sql;
let opened: Awaited<ReturnType<typeof openEngine>>;
/** A folder of the test's own. */
export let base: string;
let number = 0;

beforeAll(async () => {
  running = await startTestDatabase(new Date('2026-03-02T00:00:00Z'));
  owner = postgres(running.ownerUrl, { max: 1, onnotice: () => {} });
  const body = oneTaskBody.replace('<bpmn:process ', '<bpmn:process clinical:recordClass="prescription" ');
  opened = await openEngine(sampleFlow('sample', body), { stores: createPostgresStores(running.database) });
});
afterAll(async () => {
  await owner?.end();
  await running?.close();
});
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'meridian-archive-'));
  return () => rmSync(base, { recursive: true, force: true });
});

/** Archives what ended before June into a folder. */
export const archiveTo = (folder: string, onStep?: (step: ArchiveStep) => void) =>
  archiveCases({
    ...{ ownerUrl: running.ownerUrl, masterKey, folder, passphrase, endedBefore, keptLonger: {} },
    ...(onStep && { onStep }),
  });

/** A case that has begun. */
export const startOne = async () => {
  number += 1;
  const patient = { patientId: `P${String(number).padStart(6, '0')}`, name: '王小\t\\N\n一' };
  return (await opened.startCase({ orderNo: `ORD-${number}`, patient })).caseId;
};

/** A case that has come to its end. */
export async function endedCase(): Promise<string> {
  const caseId = await startOne();
  const taskId = (await opened.see(caseId)).view.tasks[0]?.taskId ?? '';
  const request = { tenantId, by: clerk, caseId, taskId };
  must(await opened.engine.claim({ ...request, key: `claim-${caseId}` }));
  must(await opened.engine.complete({ ...request, key: `complete-${caseId}`, variables: { paid: true } }));
  return caseId;
}

/** Every row the database has of a case, as texts. */
export async function rowsOf(caseId: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const rows = await Promise.all(
    caseTables.map((table) => owner`select t::text as row from ${owner(table)} t where case_id = ${caseId} order by 1`),
  );
  return Object.fromEntries(
    caseTables.map((table, index) => [table, (rows[index] ?? []).map(({ row }) => String(row))]),
  );
}

/** Somebody looked at a case, printed a paper of it, and another reviewed an override in it. */
export async function looked(caseId: string): Promise<void> {
  const patientId = (await stubOf(caseId))?.patient_id ?? `P${String(number).padStart(6, '0')}`;
  await owner`insert into read_audit (tenant_id, at, person_id, patient_id, screen, case_id, request_id)
    values (${tenantId}, now(), 'dr-wang', ${patientId}, 'case', ${caseId}, gen_random_uuid())`;
  await owner`insert into prints (tenant_id, case_id, kind, subject, copy, key, by_person, at)
    values (${tenantId}, ${caseId}, 'guide-slip', 'ORD-1', 1, ${`print-${caseId}`}, 'dr-wang', now())`;
  await owner`insert into override_reviews (tenant_id, case_id, seq, reviewed_by, reviewed_at, verdict, comment)
    values (${tenantId}, ${caseId}, 2, 'au-lu', now(), 'questioned', '与家属核实')`;
}

/** What of that is still there. */
export async function tracesOf(caseId: string) {
  const prints = await owner`select 1 from prints where case_id = ${caseId}`;
  const reviews = await owner`select 1 from override_reviews where case_id = ${caseId}`;
  const reads = await owner`select person_id, patient_id from read_audit where case_id = ${caseId}`;
  const of = reads.map(({ patient_id }) => patient_id);
  return { prints: prints.length, reviews: reviews.length, readBy: reads.map(({ person_id }) => person_id), of };
}

/** The rows of a case that has left. */
export const none = Object.fromEntries(caseTables.map((table) => [table, []]));
/** What stays of it. */
export const stubOf = async (caseId: string) =>
  (await owner`select * from archived_cases where case_id = ${caseId}`)[0];

/** A case's history as its page asks for it. */
export function historyOf(caseId: string) {
  const { keyRing, clock, directory } = opened.parts;
  const reads = createReadModels({ database: running.database, keyRing, clock, directory });
  return reads.listHistory({ tenantId, caseId });
}

/** Brings cases back from a folder. */
export const bring = (folder: string, caseIds: readonly string[], key = masterKey) =>
  bringBack({
    ...{ ownerUrl: running.ownerUrl, database: running.database, masterKey: key, folder, passphrase, caseIds },
  });

/** What destroying needs beside the folder. */
export const parts = () => ({ ownerUrl: running.ownerUrl, keptLonger: {} });
/** Lets the cases of an archive have ended long ago, and be kept until a time. */
export const keptUntil = (archive: string, until: string) =>
  owner`update archived_cases set kept_until = ${until}, ended_at = '2020-01-01' where archive = ${archive}`;
