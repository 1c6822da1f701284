import { z } from 'zod';
import { channelBook } from '../../app/simulators/payment-channels/channel-book.ts';
import { postgresBooks } from '../../app/simulators/postgres-books.ts';
import { listHistory } from '../../db/reads/list-history.ts';
import { trailOf } from '../../engine/index.ts';
import type { Acknowledged } from './clients.ts';
import { flowKey, marks, price, wholeWay } from './flow.ts';
import { type Installation, tenantId } from './installation.ts';

/** What is in the database afterwards, held against what the clients wrote down. */
export type Verdict = {
  readonly cases: number;
  readonly entries: number;
  /** Acknowledged commands that are not there. */
  readonly lost: number;
  /** What was carried out twice: cases, steps, payments. */
  readonly doubled: number;
  /** Cases that did not come to their end. */
  readonly unfinished: number;
  /** Cases whose history is broken or does not replay to what is stored. */
  readonly broken: number;
  /** Work, tasks and incidents left over. */
  readonly leftOver: number;
};

/** The commands of a case, in whatever order the branches took. */
const commands = [
  ...['StartCase', 'CompleteTask', 'CompleteTask', 'CompleteTask'],
  ...['CompleteJob', 'FireTimer', 'DeliverMessage'],
].sort();

const caseRow = z.object({ caseId: z.string(), businessKey: z.string(), status: z.enum(['active', 'ended']) });

/** Looks at every case of the flow, every payment, and everything acknowledged. */
export async function lookBack(installation: Installation, acknowledged: readonly Acknowledged[]): Promise<Verdict> {
  const rows = await casesOf(installation);
  const said = new Map<string, string[]>();
  for (const { caseId, said: what } of acknowledged) said.set(caseId, [...(said.get(caseId) ?? []), what]);
  const seen = await Promise.all(rows.map((row) => lookAt(installation, row, said.get(row.caseId) ?? [])));
  const known = new Set(rows.map(({ caseId }) => caseId));
  const total = (count: (one: Seen) => number) => seen.reduce((sum, one) => sum + count(one), 0);
  const orders = new Set(rows.map(({ businessKey }) => businessKey));
  return {
    cases: rows.length,
    entries: total(({ entries }) => entries),
    lost: total(({ lost }) => lost) + acknowledged.filter(({ caseId }) => !known.has(caseId)).length,
    doubled:
      total(({ doubled }) => doubled) + (rows.length - orders.size) + (await paymentsTooMany(installation, orders)),
    unfinished: rows.filter(({ status }) => status === 'active').length,
    broken: total(({ broken }) => Number(broken)),
    leftOver: await leftOver(installation),
  };
}

async function casesOf({ owner }: Installation) {
  const rows = await owner`
    select case_id as "caseId", business_key as "businessKey", status from cases
     where tenant_id = ${tenantId} and process_key = ${flowKey}`;
  return z.array(caseRow).parse([...rows]);
}

type Seen = { readonly entries: number; readonly lost: number; readonly doubled: number; readonly broken: boolean };

async function lookAt(
  { database, keyRing }: Installation,
  { caseId, businessKey }: z.infer<typeof caseRow>,
  said: readonly string[],
): Promise<Seen> {
  const history = await listHistory({ database, keyRing }, { tenantId, caseId });
  const last = history?.entries.at(-1);
  if (!history || !last) return { entries: 0, lost: said.length, doubled: 0, broken: true };
  const variables = history.stateAt(last.seq)?.variables;
  const held = new Set([businessKey, ...marks.map((name) => variables?.[name])]);
  const { completed } = trailOf(history.entries.flatMap(({ events }) => events));
  const steps = Object.entries(completed).map(([element, times]) => Math.max(0, times - (wholeWay[element] ?? 0)));
  const surplus = history.entries.length - commands.length;
  return {
    entries: history.entries.length,
    lost: said.filter((one) => !held.has(one)).length,
    doubled: steps.reduce((sum, times) => sum + times, 0) + Math.max(0, surplus),
    broken: history.chain.status !== 'intact' || !history.replaysToStoredState,
  };
}

/** Payments beyond one a case, by the books of whoever was paid; and cases that did not pay. */
async function paymentsTooMany({ database }: Installation, orders: ReadonlySet<string>): Promise<number> {
  const books = await postgresBooks(database, tenantId).list(channelBook.name);
  const paid = books
    .filter(({ key }) => orders.has(key))
    .map(({ document }) => channelBook.schema.parse(JSON.parse(document)).transactions);
  return paid.filter(([first, ...more]) => more.length > 0 || first?.amount !== price).length;
}

async function leftOver({ owner }: Installation): Promise<number> {
  const [row] = await owner`
    select (select count(*) from jobs where case_id in (select case_id from cases where process_key = ${flowKey}))
         + (select count(*) from tasks where status = 'open' and case_id in (select case_id from cases where process_key = ${flowKey}))
         + (select count(*) from incidents where case_id in (select case_id from cases where process_key = ${flowKey})) as left_over`;
  return Number(row?.left_over);
}
