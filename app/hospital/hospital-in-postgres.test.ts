import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestDatabase, type TestDatabase } from '../../tests/postgres/test-database.ts';
import { type BookStore, changeBook, listBook, readBook } from '../simulators/book-store.ts';
import { inMemoryBooks } from '../simulators/in-memory-books.ts';
import { createSimulators } from '../simulators/index.ts';
import { postgresBooks } from '../simulators/postgres-books.ts';
import { demoHospital } from './departments.ts';
import { inMemoryDirectory } from './directory.ts';
import { postgresDirectory, seedDirectory } from './postgres-directory.ts';

let test: TestDatabase;

beforeAll(async () => {
  test = await startTestDatabase();
});

afterAll(async () => {
  await test.close();
});

const counterBook = { name: 'counter', schema: z.object({ count: z.int() }), empty: () => ({ count: 0 }) };
const otherHospital = '01900000-0000-7000-8000-000000000002';

const stores: readonly (readonly [string, () => BookStore])[] = [
  ['in memory', () => inMemoryBooks()],
  ['in PostgreSQL', () => postgresBooks(test.database, demoHospital.id)],
];

describe.each(stores)('books %s', (_name, open) => {
  const countUp = (store: BookStore, key: string) =>
    changeBook(store, counterBook, key, ({ count }) => ({ document: { count: count + 1 }, answer: count + 1 }));

  it('keep what was written and list it by key', async () => {
    const store = open();
    expect(await readBook(store, counterBook, 'b')).toEqual({ count: 0 });
    expect(await countUp(store, 'b')).toBe(1);
    expect(await countUp(store, 'a')).toBe(1);
    expect(await countUp(store, 'b')).toBe(2);
    expect(await listBook(store, counterBook)).toEqual([{ count: 1 }, { count: 2 }]);
  });

  it('lose no change of two that come together', async () => {
    const store = open();
    await Promise.all(Array.from({ length: 8 }, () => countUp(store, 'together')));
    expect(await readBook(store, counterBook, 'together')).toEqual({ count: 8 });
  });
});

describe('books in PostgreSQL', () => {
  it('are not seen by another hospital', async () => {
    const mine = postgresBooks(test.database, demoHospital.id);
    await changeBook(mine, counterBook, 'mine', () => ({ document: { count: 7 }, answer: undefined }));
    const theirs = postgresBooks(test.database, otherHospital);
    expect(await readBook(theirs, counterBook, 'mine')).toEqual({ count: 0 });
  });

  it('hold the simulators over a restart', async () => {
    const now = () => '2026-03-02T01:00:00.000Z';
    const first = createSimulators({ now, books: postgresBooks(test.database, otherHospital) });
    await first.ready();
    expect(await first.check()).toEqual([]);
    const second = createSimulators({ now, books: postgresBooks(test.database, otherHospital) });
    expect(await second.check()).toEqual([]);
    expect(await second.openItems({})).toEqual([]);
  });
});

describe('the directory in PostgreSQL', () => {
  it('answers as the one in memory does, by day and by night', async () => {
    await seedDirectory(test.database, demoHospital.id);
    await seedDirectory(test.database, demoHospital.id);
    const stored = postgresDirectory(test.database);
    const inMemory = inMemoryDirectory({ roster: 'clock' });
    for (const at of [
      '2026-03-02T00:00:00.000Z',
      '2026-03-02T11:59:00.000Z',
      '2026-03-02T12:00:00.000Z',
      '2026-03-01T23:59:00.000Z',
    ]) {
      const byId = (people: readonly { id: string }[]) =>
        [...people].sort((one, other) => (one.id < other.id ? -1 : 1));
      expect(byId(await stored.peopleOnDuty(demoHospital.id, at, ['doctor', 'clerk']))).toEqual(
        byId(await inMemory.peopleOnDuty(demoHospital.id, at, ['doctor', 'clerk'])),
      );
      expect(await stored.person(demoHospital.id, 'dr-sun', at)).toEqual(
        await inMemory.person(demoHospital.id, 'dr-sun', at),
      );
    }
    expect(await stored.person(demoHospital.id, 'nobody', '2026-03-02T00:00:00.000Z')).toBeUndefined();
  });

  it('follows a time of day chosen for a demonstration', async () => {
    const night = postgresDirectory(test.database, () => 'night');
    expect((await night.person(demoHospital.id, 'dr-wang', '2026-03-02T04:00:00.000Z'))?.onDuty).toBe(false);
  });
});
