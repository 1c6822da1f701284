import { randomUUID } from 'node:crypto';
import type postgres from 'postgres';
import { z } from 'zod';

/** The texts one completion writes, as Meridian wrote them: what the others write is as long, in the same columns. */
const texts = z.object({
  process_key: z.string(),
  state: z.string(),
  header: z.string(),
  sealed_values: z.string(),
  values_root: z.string(),
  previous_hash: z.string(),
  hash: z.string(),
  element_id: z.string(),
  name: z.string(),
  record: z.string(),
  priority: z.number(),
  roles: z.array(z.string()),
  actor_id: z.string(),
  request_hash: z.string(),
  answer: z.string(),
});

/** See `texts`. */
export type Texts = z.infer<typeof texts>;

/** One completion as rows: the case goes from `version` to the next, one task is closed and one opened. */
export type Completion = {
  readonly caseId: string;
  readonly version: number;
  readonly closes: string;
  readonly opens: string;
  readonly key: string;
};

/** Reads what the last completion of a case wrote. `sql` sees every hospital. */
export async function readTexts(sql: postgres.Sql, caseId: string): Promise<Texts> {
  const [row] = await sql`
    select c.process_key, c.state, h.header, h.sealed_values, h.values_root, h.previous_hash, h.hash,
           t.element_id, t.name, t.record, t.priority, a.actor_id, a.request_hash, a.answer,
           (select array_agg(k.role) from task_candidates k where k.tenant_id = c.tenant_id and k.case_id = c.case_id) as roles
    from cases c join history h on h.tenant_id = c.tenant_id and h.case_id = c.case_id and h.seq = c.version
    join tasks t on t.tenant_id = c.tenant_id and t.case_id = c.case_id and t.status = 'open'
    join answers a on a.tenant_id = c.tenant_id and a.request_key = ${`${caseId.slice(-12)}-1`}
    where c.case_id = ${caseId}`;
  return texts.parse(row);
}

const copied = ['cases', 'case_keys', 'case_actors', 'history', 'tasks', 'task_candidates'];

/** Has the tables analysed: to the planner a hospital it has never heard of has one row, and it would read all of them for each. */
export async function analyzeWards(sql: postgres.Sql): Promise<void> {
  await sql.unsafe(`analyze ${copied.join(', ')}`);
}

/** Copies the cases of a hospital with their open tasks into a new one, and returns its id. */
export async function copyWard(sql: postgres.Sql, from: string): Promise<string> {
  const to = randomUUID();
  for (const table of copied) {
    const columns = await sql`
      select attname from pg_attribute where attrelid = ${table}::regclass and attnum > 0 and not attisdropped
        and attname not in ('tenant_id', 'written_by')`;
    const names = columns.map(({ attname }) => `"${attname}"`).join(', ');
    await sql.unsafe(
      `insert into ${table} (tenant_id, ${names}) select '${to}', ${names} from ${table} where tenant_id = '${from}'`,
    );
  }
  return to;
}

/** A case where its next completion begins. */
export type OpenCase = { readonly caseId: string; readonly version: number; readonly task: string };

/** The cases of a hospital with their open tasks. */
export async function openCases(sql: postgres.Sql, tenant: string): Promise<readonly OpenCase[]> {
  const rows = await sql`
    select c.case_id as "caseId", c.version, t.task_id as task
    from cases c join tasks t on t.tenant_id = c.tenant_id and t.case_id = c.case_id and t.status = 'open'
    where c.tenant_id = ${tenant} order by c.case_id`;
  return z.array(z.object({ caseId: z.string(), version: z.number(), task: z.string() })).parse(rows);
}

/** Deals out completions of copied cases: each caller has cases of its own, and goes round among them. */
export class Ledger {
  private readonly cases: { readonly caseId: string; version: number; task: string }[];
  private readonly turns: number[] = [];
  private readonly callers: number;

  constructor(cases: readonly OpenCase[], callers: number) {
    this.cases = cases.map((one) => ({ ...one }));
    this.callers = callers;
  }

  /** The next completion of this caller. */
  next(caller: number): Completion {
    const own = Math.floor(this.cases.length / this.callers);
    const turn = this.turns[caller] ?? 0;
    this.turns[caller] = turn + 1;
    const one = this.cases[caller * own + (turn % own)];
    if (!one) throw new Error(`Expected cases for caller ${caller}, but there are none`);
    const { caseId, version, task } = one;
    one.version += 1;
    one.task = `${caseId}-b${one.version}`;
    return { caseId, version, closes: task, opens: one.task, key: `${caseId.slice(-12)}-f${version}` };
  }
}
