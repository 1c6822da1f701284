import { and, asc, eq, gte, lte } from 'drizzle-orm';
import postgres from 'postgres';
import { z } from 'zod';
import type { CaseStore, CommitOutcome, StoredAnswer, StoredCase } from '../../engine/index.ts';
import type { Database } from '../connect.ts';
import { toInstant } from '../schema/columns.ts';
import { history } from '../schema/history.ts';
import { toCommitRow } from './commit-row.ts';
import { toSealedEntry } from './sealed-entry.ts';

const loadedCase = z.object({
  version: z.number(),
  process_key: z.string(),
  definition_version: z.number(),
  definition_hash: z.string(),
  state: z.string(),
  last_at: z.date(),
  last_hash: z.string(),
  wrapped_key: z.string(),
});
const loadedAnswer = z.object({ request_hash: z.string(), answer: z.string() });

/** SQLSTATEs raised by `commit_case`. */
const refusals: Readonly<Record<string, CommitOutcome>> = {
  MJ001: 'job-lost',
  MA001: 'already-answered',
  MK001: 'key-held',
};

/** Cases and history in PostgreSQL. Reading and writing a case is one statement each, sent by the raw client. */
export function createPostgresCases({ raw, inTenant }: Database): CaseStore {
  return {
    async load({ tenantId, caseId, request }) {
      const [row] = await raw`
        select * from load_case(${tenantId}::uuid, ${caseId}::uuid, ${request?.actorId ?? null}::text, ${request?.key ?? null}::text)`;
      return { case: toStoredCase(tenantId, caseId, row), answer: toAnswer(row) };
    },
    async commit(commit) {
      try {
        const row = JSON.stringify(toCommitRow(commit));
        const [result] = await raw`select commit_case(${row}::text::jsonb) as outcome`;
        return z.enum(['committed', 'conflict']).parse(result?.outcome);
      } catch (error) {
        const outcome = error instanceof postgres.PostgresError ? refusals[error.code] : undefined;
        if (outcome) return outcome;
        throw error;
      }
    },
    async entries({ tenantId, caseId, fromSeq = 1, toSeq = 2_147_483_647 }) {
      const mine = and(eq(history.tenantId, tenantId), eq(history.caseId, caseId));
      const rows = await inTenant(tenantId, (tx) =>
        tx
          .select()
          .from(history)
          .where(and(mine, gte(history.seq, fromSeq), lte(history.seq, toSeq)))
          .orderBy(asc(history.seq)),
      );
      return rows.map(toSealedEntry);
    },
  };
}

function toStoredCase(tenantId: string, caseId: string, row: unknown): StoredCase | undefined {
  const parsed = loadedCase.safeParse(row);
  if (!parsed.success) return undefined;
  const found = parsed.data;
  return {
    ...{ tenantId, caseId, version: found.version, state: found.state },
    definition: { key: found.process_key, version: found.definition_version, hash: found.definition_hash },
    lastAt: toInstant(found.last_at),
    lastHash: found.last_hash,
    wrappedKey: found.wrapped_key,
  };
}

function toAnswer(row: unknown): StoredAnswer | undefined {
  const parsed = loadedAnswer.safeParse(row);
  return parsed.success ? { hash: parsed.data.request_hash, answer: parsed.data.answer } : undefined;
}
