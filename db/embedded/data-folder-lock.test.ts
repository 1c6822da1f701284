import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { lockDataFolder } from './data-folder-lock.ts';

const folders: string[] = [];
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-lock-'));
  folders.push(folder);
  return folder;
}

const script = `
  import { lockDataFolder } from ${JSON.stringify(join(import.meta.dirname, 'data-folder-lock.ts'))};
  process.stdin.once('data', () => {
    try { lockDataFolder(process.argv[1]); console.log('locked'); }
    catch (error) { console.log(error.message); }
    setInterval(() => {}, 1000);
  });
  console.log('here');`;

/** A process that takes the lock when it is told to, says what came of it, and stays. */
async function contender(dataDir: string) {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script, dataDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  const line = () =>
    new Promise<string>((resolve) => child.stdout.once('data', (text) => resolve(String(text).trim())));
  await line();
  return {
    async lock() {
      const answer = line();
      child.stdin.write('go');
      return answer;
    },
  };
}

const stale = JSON.stringify({ pid: 2_000_000_000, began: '1' });

test.each([
  ['an empty folder', undefined],
  ['a folder whose holder was killed', stale],
  ['a folder with a lock nobody can read', 'half a li'],
])('of several that start at once on %s, one gets it', async (_what, lock) => {
  const dataDir = newFolder();
  if (lock !== undefined) writeFileSync(join(dataDir, 'meridian.lock'), lock);
  const contenders = await Promise.all([1, 2, 3, 4].map(() => contender(dataDir)));
  const answers = await Promise.all(contenders.map((one) => one.lock()));
  expect(answers.filter((answer) => answer === 'locked')).toHaveLength(1);
  expect(answers.filter((answer) => answer.includes('runs Meridian on'))).toHaveLength(3);
});

test('a released folder is free, and nothing is left in it', () => {
  const dataDir = newFolder();
  lockDataFolder(dataDir).release();
  expect(readdirSync(dataDir)).toEqual([]);
  lockDataFolder(dataDir).release();
});
