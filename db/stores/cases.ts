import { and, asc, eq, gte, lte } from 'drizzle-orm';
import type { CaseStore } from '../../engine/index.ts';
import type { Database } from '../connect.ts';
import { history } from '../schema/history.ts';
import type { StoreWatcher } from '../stores.ts';
import { createCommitter } from './committer.ts';
import { createCaseLoader } from './load-cases.ts';
import { toSealedEntry } from './sealed-entry.ts';

/** Cases and history in PostgreSQL. What many commands read and write at the same time goes in one statement. */
export function createPostgresCases(database: Database, onCommits?: StoreWatcher['onCommits']): CaseStore {
  const { inTenant } = database;
  return {
    load: createCaseLoader(database),
    commit: createCommitter(database, onCommits),
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
