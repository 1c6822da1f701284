import { z } from 'zod';
import { type CaseStore, type StoredAnswer, type StoredCase, StoreFailure } from '../../engine/index.ts';
import type { Database } from '../connect.ts';
import { toInstant } from '../schema/columns.ts';
import { NO_ANSWER } from '../store-failures.ts';
import { LARGEST_BATCH, UNDER_WAY } from './batch-limits.ts';
import { createGatherer } from './gather.ts';
import { perTenant } from './per-tenant.ts';

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

type Query = Parameters<CaseStore['load']>[0];
type Loaded = Awaited<ReturnType<CaseStore['load']>>;

/** Reads cases, those asked for at the same time in one statement. */
export function createCaseLoader(database: Database): CaseStore['load'] {
  const loaderOf = perTenant((tenantId) =>
    createGatherer<Query, Loaded>({
      ...{ most: LARGEST_BATCH, underWay: UNDER_WAY },
      async run(queries) {
        const ids = queries.map(({ caseId }) => caseId);
        const actors = queries.map(({ request }) => request?.actorId ?? '');
        const keys = queries.map(({ request }) => request?.key ?? '');
        const rows = await database.send(
          (raw) => raw`select * from load_cases(${tenantId}::uuid, ${ids}::uuid[], ${actors}::text[], ${keys}::text[])`,
        );
        // A case that is not there has an empty row: without one, nobody knows whether it is.
        if (rows.length !== queries.length) throw new StoreFailure('retry', NO_ANSWER);
        return queries.map(({ caseId }, index) => toLoaded(tenantId, caseId, rows[index]));
      },
    }),
  );
  return (query) => loaderOf(query.tenantId)(query);
}

function toLoaded(tenantId: string, caseId: string, row: unknown): Loaded {
  return { case: toStoredCase(tenantId, caseId, row), answer: toAnswer(row) };
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
