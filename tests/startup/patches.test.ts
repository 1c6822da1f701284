import { spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../bin/patches.mjs', import.meta.url));
const patch = `--- a/src/index.js
+++ b/src/index.js
@@ -1,3 +1,4 @@
 one
-two
+second
+third
 four
@@ -9,2 +10,2 @@
 ten
-eleven
+last
`;

let root: string;
let target: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'meridian-patches-'));
  const folder = join(root, 'node_modules', 'thing');
  mkdirSync(join(folder, 'src'), { recursive: true });
  mkdirSync(join(root, 'patches'));
  writeFileSync(join(root, 'patches', 'thing@1.2.3.patch'), patch);
  target = join(folder, 'src', 'index.js');
  install('1.2.3', 'one\ntwo\nfour\nfive\nten\neleven\n');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function install(version: string, text: string): void {
  writeFileSync(join(root, 'node_modules', 'thing', 'package.json'), JSON.stringify({ version }));
  writeFileSync(target, text);
}

function run() {
  const { status, stderr } = spawnSync(process.execPath, [script, root], { encoding: 'utf8' });
  return { status, stderr };
}

test('a correction is put in, once, and into this installation only', () => {
  const shared = join(root, 'shared.js');
  linkSync(target, shared);
  for (const _ of [1, 2]) expect(run()).toEqual({ status: 0, stderr: '' });
  expect(readFileSync(target, 'utf8')).toBe('one\nsecond\nthird\nfour\nfive\nten\nlast\n');
  expect(readFileSync(shared, 'utf8')).toContain('two');
});

test.each([
  ['another version', '2.0.0', 'one\ntwo\nfour\nten\neleven\n', 'is for thing 1.2.3, but 2.0.0 is installed'],
  ['another text', '1.2.3', 'one\n2\nfour\nten\neleven\n', 'does not fit thing/src/index.js'],
])('%s is left alone, and said', (_name, version, text, sentence) => {
  install(version, text);
  const { status, stderr } = run();
  expect(status).toBe(1);
  expect(stderr).toContain(sentence);
  expect(readFileSync(target, 'utf8')).toBe(text);
});
