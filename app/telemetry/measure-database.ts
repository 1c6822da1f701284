import type { Database } from '../../db/connect.ts';
import type { Figures } from './figures.server.ts';

/** The database, with the calls under way counted: more of them than there are connections means that some wait for one. */
export function measureDatabase(database: Database, { calls }: Pick<Figures, 'calls'>): Database {
  const counted = async <T>(pool: 'commits' | 'reads', call: () => Promise<T>): Promise<T> => {
    calls(pool, 1);
    try {
      return await call();
    } finally {
      calls(pool, -1);
    }
  };
  return {
    get raw() {
      return database.raw;
    },
    get queries() {
      return database.queries;
    },
    maxConnections: database.maxConnections,
    send: (statement) => counted('commits', () => database.send(statement)),
    inTenant: (tenantId, work) => counted('reads', () => database.inTenant(tenantId, work)),
    close: () => database.close(),
  };
}
