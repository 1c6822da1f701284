import { timerStartKey } from '../job-keys.ts';
import type { DefinitionStore, StoredDefinition } from '../ports.ts';
import { addJob, rowKey, type Tables } from './tables.ts';

/** Published flows in memory. */
export function createMemoryDefinitions(tables: Tables): DefinitionStore {
  const versions = (tenantId: string, key: string) => tables.definitions.get(rowKey(tenantId, key)) ?? [];
  return {
    async publish({ tenantId, pkg, hash, messageStarts, timerStarts, at, by, approvedBy, override }) {
      const known = versions(tenantId, pkg.key);
      const current = known.at(-1)?.stored;
      if (current?.hash === hash) return { key: current.key, version: current.version, hash };
      const version = known.length + 1;
      const stored: StoredDefinition = {
        ...{ tenantId, key: pkg.key, version, hash, pkg },
        ...{ publishedAt: at, publishedBy: by, approvedBy, ...(override && { override }) },
      };
      tables.definitions.set(rowKey(tenantId, pkg.key), [...known, { stored, starts: messageStarts }]);
      for (const [key, row] of tables.jobs)
        if (row.tenantId === tenantId && row.jobKey.startsWith(timerStartKey(pkg.key, ''))) tables.jobs.delete(key);
      for (const job of timerStarts) addJob(tables, tenantId, job);
      return { key: pkg.key, version, hash };
    },
    async current(tenantId, key) {
      return versions(tenantId, key).at(-1)?.stored;
    },
    async byVersion(tenantId, key, version) {
      return versions(tenantId, key).find(({ stored }) => stored.version === version)?.stored;
    },
    async byHash(tenantId, key, hash) {
      return versions(tenantId, key).find(({ stored }) => stored.hash === hash)?.stored;
    },
  };
}
