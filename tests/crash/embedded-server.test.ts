import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterEach, expect, test } from 'vitest';
import { openDatabase } from '../../db/connect.ts';
import { type EmbeddedServer, startEmbeddedServer } from '../../db/embedded-server.ts';
import { migrateDatabase } from '../../db/migrate.ts';

const folders: string[] = [];
const servers: EmbeddedServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-embedded-'));
  chmodSync(folder, 0o755);
  folders.push(folder);
  return folder;
}

async function start(dataDir: string, steps: string[] = []): Promise<EmbeddedServer> {
  const server = await startEmbeddedServer({ dataDir, onStep: (step) => steps.push(step) });
  servers.push(server);
  return server;
}

async function write(url: string, text: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql`create table if not exists notes (text text)`;
  await sql`insert into notes values (${text})`;
  await sql.end();
}

async function notes(url: string): Promise<unknown[]> {
  const sql = postgres(url, { max: 1 });
  const rows = await sql`select text from notes order by 1`;
  await sql.end();
  return rows.map((row) => row.text);
}

test('a first start sets up, a second finds everything as it was', async () => {
  const dataDir = newFolder();
  const steps: string[] = [];
  const first = await start(dataDir, steps);
  expect(steps).toEqual(['initialise', 'start', 'create-database']);
  await write(first.ownerUrl, '处方 💊');
  await first.stop();
  const again: string[] = [];
  const second = await start(dataDir, again);
  expect(again).toEqual(['start']);
  expect(await notes(second.ownerUrl)).toEqual(['处方 💊']);
});

test.runIf(process.getuid?.() === 0)(
  'a data folder closed to the server’s user has its database elsewhere',
  async () => {
    const dataDir = newFolder();
    chmodSync(dataDir, 0o700);
    const { notice } = await start(dataDir);
    const elsewhere = readFileSync(join(dataDir, 'postgres-location'), 'utf8').trim();
    folders.push(elsewhere);
    expect(notice).toContain(elsewhere);
  },
);

test('keys and passwords are readable by their owner only', async () => {
  const dataDir = newFolder();
  await start(dataDir);
  expect(statSync(join(dataDir, 'keys', 'database.json')).mode & 0o077).toBe(0);
  expect(statSync(join(dataDir, 'keys')).mode & 0o077).toBe(0);
  expect(statSync(join(dataDir, 'postgres')).mode & 0o077).toBe(0);
});

test('a server killed without warning comes back with everything committed', async () => {
  const dataDir = newFolder();
  const first = await start(dataDir);
  await write(first.ownerUrl, 'committed');
  process.kill(first.pid, 'SIGKILL');
  await first.stop();
  const second = await start(dataDir);
  expect(await notes(second.ownerUrl)).toEqual(['committed']);
});

test('the server of a killed Meridian is adopted', async () => {
  const dataDir = newFolder();
  const script = `
    import { startEmbeddedServer } from ${JSON.stringify(join(import.meta.dirname, '../../db/embedded-server.ts'))};
    const server = await startEmbeddedServer({ dataDir: ${JSON.stringify(dataDir)} });
    console.log(server.pid);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pid = await new Promise<number>((resolve) =>
    child.stdout.once('data', (text) => resolve(Number(String(text)))),
  );
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await exit;
  const steps: string[] = [];
  const adopted = await start(dataDir, steps);
  expect(steps).toEqual(['adopt']);
  expect(adopted.pid).toBe(pid);
  await write(adopted.ownerUrl, 'after the adoption');
  await adopted.stop();
  expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
});

test('a pid file that names a stranger does not keep it from starting', async () => {
  const dataDir = newFolder();
  await (await start(dataDir)).stop();
  writeFileSync(
    join(dataDir, 'postgres', 'postmaster.pid'),
    `${process.pid}\n${dataDir}/postgres\n0\n5432\n\n127.0.0.1\n0\nready\n`,
  );
  const steps: string[] = [];
  await start(dataDir, steps);
  expect(steps).toEqual(['start']);
});

test.runIf(existsSync('/proc/self/stat'))(
  'a data folder in use by another Meridian is refused, and says by which process',
  async () => {
    const dataDir = newFolder();
    const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    const stat = readFileSync(`/proc/${holder.pid}/stat`, 'utf8');
    const began = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    writeFileSync(join(dataDir, 'meridian.lock'), JSON.stringify({ pid: holder.pid, began }));
    await expect(startEmbeddedServer({ dataDir })).rejects.toThrow(`process ${holder.pid} runs Meridian`);
    holder.kill();
  },
);

test('any port will do', async () => {
  const blocker = createServer().listen(5432, '127.0.0.1');
  try {
    expect((await start(newFolder())).port).toBeGreaterThan(0);
  } finally {
    blocker.close();
  }
});

test('migrating twice, and from several at once, is as migrating once', async () => {
  const server = await start(newFolder());
  await Promise.all([0, 1, 2].map(() => migrateDatabase(server.ownerUrl)));
  await migrateDatabase(server.ownerUrl);
  const database = openDatabase({ url: server.appUrl });
  expect(await database.raw`select 1 from cases`).toEqual([]);
  await database.close();
});
