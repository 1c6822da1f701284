import { readFile } from 'node:fs/promises';
import type postgres from 'postgres';
import type { Player } from './load.ts';
import type { Completion, Ledger, Texts } from './rows.ts';

/** Completions written at once by the batched floor. */
export const FLOOR_BATCH = 64;

/** Makes the functions of the floor. */
export async function createFloor(sql: postgres.Sql): Promise<void> {
  await sql.unsafe(await readFile(new URL('floor.sql', import.meta.url), 'utf8'));
}

/** One completion, one call of the bare function. */
export function floorPlayer(sql: postgres.Sql, tenant: string, texts: Texts, ledger: Ledger): Player {
  const t = texts;
  return {
    perCall: 1,
    async complete(caller) {
      const one = ledger.next(caller);
      const [row] = await sql`
        select bench_floor(${tenant}::uuid, ${one.caseId}::uuid, ${one.version}::integer, ${one.closes}, ${one.opens}, ${one.key},
          ${t.process_key}, ${t.state}, ${t.header}, ${t.sealed_values}, ${t.values_root}, ${t.previous_hash}, ${t.hash}, ${t.element_id},
          ${t.name}, ${t.record}, ${t.priority}::integer, ${t.roles}::text[], ${t.actor_id}, ${t.request_hash}, ${t.answer}, now()) as done`;
      if (row?.done !== true)
        throw new Error(`Expected version ${one.version} of case ${one.caseId}, but it has another`);
    },
  };
}

/** `FLOOR_BATCH` completions, one call. */
export function floorBatchPlayer(sql: postgres.Sql, tenant: string, texts: Texts, ledger: Ledger): Player {
  return {
    perCall: FLOOR_BATCH,
    async complete(caller) {
      const rows = Array.from({ length: FLOOR_BATCH }, () => toRow(ledger.next(caller), texts));
      const [row] =
        await sql`select bench_floor_batch(${tenant}::uuid, ${JSON.stringify(rows)}::text::jsonb, now()) as done`;
      if (Number(row?.done) !== FLOOR_BATCH)
        throw new Error(`Expected ${FLOOR_BATCH} completions, but there were ${row?.done}`);
    },
  };
}

function toRow({ caseId, version, closes, opens, key }: Completion, t: Texts) {
  return {
    ...{
      this_case: caseId,
      at_version: version,
      closes,
      opens,
      key,
      flow: t.process_key,
      new_state: t.state,
      header: t.header,
    },
    ...{
      sealed: t.sealed_values,
      root: t.values_root,
      previous: t.previous_hash,
      entry_hash: t.hash,
      element: t.element_id,
    },
    ...{ task_name: t.name, record: t.record, task_priority: t.priority, task_roles: t.roles, actor: t.actor_id },
    ...{ asked: t.request_hash, answered: t.answer },
  };
}
