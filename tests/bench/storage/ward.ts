import { readFile } from 'node:fs/promises';
import type postgres from 'postgres';
import { createKeyRing } from '../../../db/key-ring.ts';
import {
  createEngine,
  createSystemClock,
  createSystemRandomness,
  type Engine,
  type JsonObject,
  type Person,
  type ProcessPackage,
  type Result,
  type Stores,
} from '../../../engine/index.ts';
import { createFormValidator } from '../../../forms/create-form-validator.ts';
import { loadShippedPackage } from '../../../processes/index.ts';

/** The hospital whose cases the others' are copied from. */
export const ward = '01900000-0000-7000-8000-00000000b001';

/** Who verifies: a nurse of the demonstration's directory. */
export const nurse: Person = {
  ...{ kind: 'person', id: 'nurse-liu', name: 'Liu Fang', roles: ['nurse'], department: 'CARD', onDuty: true },
  credentials: ['nurse-licence'],
};

/** What the nurse ticks: valid in the form of the shipped flow. */
export const verified: JsonObject = {
  verification: { patientCheck: 'ok', contentCheck: 'ok', timeCheck: 'ok', routeCheck: 'ok', verdict: 'verified' },
};

/** A flow whose one task comes back for ever, with the form the shipped flow uses where a nurse verifies an order. */
export async function wardCheck(): Promise<ProcessPackage> {
  const { pkg } = await loadShippedPackage('order-verification');
  const form = pkg.forms['C4-verify'];
  if (!form) throw new Error('Expected the form C4-verify in order-verification, but there is none');
  const bpmn = await readFile(new URL('ward-check.bpmn', import.meta.url), 'utf8');
  const title = { 'zh-CN': '病区反复核对', en: 'Repeated check on the ward' };
  return { key: 'ward-check', title, bpmn, forms: { 'C4-verify': form }, decisions: {} };
}

/** An engine as a node has it, on these stores, with the flow published. */
export async function openWard(stores: Stores, tenantId: string = ward): Promise<Engine> {
  const engine = createEngine({
    stores,
    clock: createSystemClock(),
    randomness: createSystemRandomness(),
    keyRing: createKeyRing(new Uint8Array(32).fill(7)),
    directory: { person: async () => nurse, peopleOnDuty: async () => [nurse], people: async () => [nurse] },
    connectors: { find: () => undefined },
    forms: createFormValidator(),
  });
  must(await engine.publish({ tenantId, by: nurse, pkg: await wardCheck() }));
  return engine;
}

/** A case on the ward, as its nurse knows it: which task is open, and how task numbers go on. */
export type WardCase = TaskNumbers & { readonly caseId: string; completed: number };

/** The number of a case's first task, and how far the next one is from it. */
export type TaskNumbers = { readonly first: number; readonly step: number };

/** Starts a case. Its order and patient are invented; `n` tells it from others. */
export async function startWardCase(engine: Engine, n: number, tenantId: string = ward): Promise<string> {
  const patient = {
    ...{ patientId: `P${String(n).padStart(6, '0')}`, name: '王小明', sex: 'male', birthDate: '1958-04-12', age: 67 },
    ...{
      encounterNo: `ZY${n}`,
      encounterClass: 'IMP',
      department: 'CARD',
      ward: 'CARD-1',
      bed: '12',
      insurance: 'basic',
    },
    allergies: [{ code: 'J01CA', name: '青霉素类' }],
  };
  const order = {
    ...{ drug: '头孢呋辛钠 / cefuroxime', dose: '1.5', doseUnit: 'g', route: 'IVGTT', freq: 'BID', highAlert: 'B' },
    startAt: '2026-03-02T08:00:00+08:00',
  };
  const context = { orderNo: `ORD-${n}`, order, patient };
  const request = { tenantId, by: nurse, key: `bench-start-${n}`, processKey: 'ward-check' };
  return must(await engine.start({ ...request, variables: {}, context })).caseId;
}

/** Starts so many cases, 64 at a time, and gives their ids. */
export async function startWardCases(engine: Engine, many: number, tenantId: string = ward): Promise<string[]> {
  const ids: string[] = [];
  let next = 0;
  const starter = async () => {
    for (next += 1; next <= many; next += 1) ids.push(await startWardCase(engine, next, tenantId));
  };
  await Promise.all(Array.from({ length: 64 }, starter));
  return ids;
}

/** How the tasks of a case are numbered, found by completing the first two of one. `sql` sees every hospital. */
export async function probeNumbers(
  engine: Engine,
  sql: postgres.Sql,
  caseId: string,
  tenantId: string = ward,
): Promise<TaskNumbers> {
  const first = await openTask(sql, caseId);
  await completeNext(engine, { caseId, first, step: 0, completed: 0 }, tenantId);
  const step = (await openTask(sql, caseId)) - first;
  await completeNext(engine, { caseId, first, step, completed: 1 }, tenantId);
  return { first, step };
}

async function openTask(sql: postgres.Sql, caseId: string): Promise<number> {
  const [row] = await sql`select task_id from tasks where case_id = ${caseId} and status = 'open'`;
  return Number(String(row?.task_id).slice(caseId.length + 1));
}

/** Completes the open task of a case, as one more step of it. */
export async function completeNext(engine: Engine, one: WardCase, tenantId: string = ward): Promise<void> {
  const { caseId, first, step, completed } = one;
  const taskId = `${caseId}-${first + step * completed}`;
  const key = `${caseId.slice(-12)}-${completed}`;
  must(await engine.complete({ tenantId, by: nurse, key, caseId, taskId, variables: verified }));
  one.completed += 1;
}

function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  const { code, message, fields = [] } = result.rejection;
  throw new Error(`Expected acceptance, but ${code}: ${message} ${fields.map(({ path }) => path).join(' ')}`);
}
