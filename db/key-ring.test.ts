import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createKeyRing, loadMasterKey } from './key-ring.ts';

const ring = createKeyRing(new Uint8Array(32).fill(1));

test('a case key comes back from its wrapped form', async () => {
  const { key, wrapped } = await ring.create('t', 'c');
  expect(Buffer.from(await ring.open('t', 'c', wrapped))).toEqual(Buffer.from(key));
});

test('no two cases have the same key', async () => {
  const [a, b] = [await ring.create('t', 'c'), await ring.create('t', 'c')];
  expect(Buffer.from(a.key)).not.toEqual(Buffer.from(b.key));
});

test('a wrapped key opens for its own case, under its own master key and unchanged only', async () => {
  const { wrapped } = await ring.create('t', 'c');
  await expect(ring.open('t', 'other', wrapped)).rejects.toThrow();
  await expect(ring.open('other', 'c', wrapped)).rejects.toThrow();
  await expect(createKeyRing(new Uint8Array(32).fill(2)).open('t', 'c', wrapped)).rejects.toThrow();
  const flipped = wrapped.slice(0, -2) + (wrapped.endsWith('AA') ? 'BB' : 'AA');
  await expect(ring.open('t', 'c', flipped)).rejects.toThrow();
  await expect(ring.open('t', 'c', 'nonsense')).rejects.toThrow('Expected a wrapped case key');
});

test('the master key is made once and is nobody else’s to read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-keys-'));
  try {
    const first = loadMasterKey(folder);
    expect(Buffer.from(loadMasterKey(folder))).toEqual(Buffer.from(first));
    expect(statSync(join(folder, 'keys', 'master.key')).mode & 0o077).toBe(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a master key of the wrong length is refused', () => {
  expect(() => createKeyRing(new Uint8Array(16))).toThrow('Expected a master key of 32 bytes');
});
