import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { describe, expect, it } from 'vitest';
import { startEmbeddedServer } from '../../db/embedded-server.ts';
import { migrateDatabase } from '../../db/migrate.ts';
import { startTestDatabase } from '../postgres/test-database.ts';
import { launch, newDataFolder, ready, serversOf } from './launch.ts';

/** Starts it, which must fail; gives what it said. No stack trace, and nothing left running. */
async function refusal(settings: Readonly<Record<string, string>>): Promise<string> {
  const product = launch(settings);
  expect(await product.ended).toBe(1);
  expect(product.output()).not.toMatch(/^ {4}at /m);
  return product.output().split('✗ ')[1]?.trim() ?? '';
}

describe('a wrong setting', () => {
  it.each([
    ['PORT', 'http', '"http"'],
    ['DEMO', 'yes', '"yes"'],
    ['DATABASE_URL', 'mysql://somebody:secret@host/d', 'not shown'],
  ])('%s=%s is named in one sentence', async (name, value, got) => {
    const said = await refusal({ [name]: value });
    expect(said).toMatch(new RegExp(`^Expected setting ${name} to be [^\n]*${got}[^\n]*\\.$`));
    expect(said).not.toContain('secret');
  });

  it('HOST that is no address of this machine is named, and the database is stopped again', async () => {
    const dataDir = newDataFolder();
    expect(await refusal({ HOST: '203.0.113.1', DATA_DIR: dataDir, DEMO: 'off' })).toMatch(
      /^Expected settings HOST and PORT/,
    );
    expect(serversOf(dataDir)).toEqual([]);
  });

  it('DATABASE_URL that leads nowhere is named without its password', async () => {
    const settings = { DATABASE_URL: 'postgres://u:secret@127.0.0.1:1/d', DATA_DIR: newDataFolder() };
    const said = await refusal(settings);
    expect(said).toMatch(/^Expected setting DATABASE_URL to name .*ECONNREFUSED/);
    expect(said).not.toContain('secret');
  });
});

describe('a data folder that cannot be used', () => {
  const aFile = () => {
    const path = join(newDataFolder(), 'file');
    writeFileSync(path, '');
    return path;
  };

  it.each([
    ['is a file', () => aFile()],
    ['lies below a file', () => join(aFile(), 'sub', 'folder')],
    ['lies where the system makes no folders', () => '/proc/meridian/data'],
    ['has a name that is too long', () => join(newDataFolder(), 'x'.repeat(300))],
  ])('because it %s is refused in a sentence', async (_what, path) => {
    const dataDir = path();
    const said = await refusal({ DATA_DIR: dataDir });
    expect(said).toMatch(/^Expected setting DATA_DIR to name a folder[^\n]*$/);
    expect(said).toContain(dataDir);
  });

  it('is refused with an external database too, where it holds the keys', async () => {
    const database = await startTestDatabase();
    try {
      expect(await refusal({ DATA_DIR: aFile(), DATABASE_URL: database.ownerUrl })).toMatch(
        /^Expected setting DATA_DIR/,
      );
    } finally {
      await database.close();
    }
  });

  it('because a newer version has changed it is refused, and left as it is', async () => {
    const dataDir = newDataFolder();
    const applied = () =>
      onDatabase(dataDir, async (sql) => [
        ...(await sql`select created_at from drizzle.__drizzle_migrations order by 1`),
      ]);
    const before = await onDatabase(dataDir, async (sql, url) => {
      await migrateDatabase(url);
      return await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('of the future', 9999999999999)`;
    }).then(applied);
    expect(await refusal({ DATA_DIR: dataDir, DEMO: 'off' })).toMatch(/^Expected a database of this version/);
    expect(serversOf(dataDir)).toEqual([]);
    expect(await applied()).toEqual(before);
  });
});

/** Works on a data folder's database while no product runs on it. */
async function onDatabase<T>(dataDir: string, work: (sql: postgres.Sql, ownerUrl: string) => Promise<T>): Promise<T> {
  const server = await startEmbeddedServer({ dataDir });
  const sql = postgres(server.ownerUrl, { max: 1, onnotice: () => {} });
  try {
    return await work(sql, server.ownerUrl);
  } finally {
    await sql.end();
    await server.stop();
  }
}

describe('a second Meridian on the same data folder', () => {
  it('is refused by the process that has it, which goes on', async () => {
    const dataDir = newDataFolder();
    const first = launch({ DATA_DIR: dataDir, DEMO: 'off' });
    const address = await ready(first);
    expect(await refusal({ DATA_DIR: dataDir, DEMO: 'off' })).toMatch(
      `process ${first.pid} runs Meridian on ${dataDir}`,
    );
    expect((await fetch(`${address}/health/ready`)).status).toBe(200);
  });
});
