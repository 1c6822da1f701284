import { afterAll, beforeAll, describe } from 'vitest';
import { createPostgresStores } from '../../db/stores.ts';
import { createMemoryStore } from '../../engine/runtime/memory-store.ts';
import type { Stores } from '../../engine/runtime/ports.ts';
import { startTestDatabase, type TestDatabase } from '../postgres/test-database.ts';

/**
 * Runs one suite on every adapter of the storage ports. Suites take fresh ids for each test, so the stores may be shared.
 * `stores` may be called inside tests only.
 */
export function onEveryStore(name: string, suite: (stores: () => Stores) => void): void {
  describe(`${name} in memory`, () => {
    const memory = createMemoryStore();
    suite(() => memory);
  });
  describe(`${name} in PostgreSQL`, () => {
    let running: TestDatabase | undefined;
    beforeAll(async () => {
      running = await startTestDatabase(new Date('2026-03-02T00:00:00Z'));
    });
    afterAll(() => running?.close());
    suite(() => {
      if (!running) throw new Error('Expected a running database, but it is not started yet');
      return createPostgresStores(running.database);
    });
  });
}
