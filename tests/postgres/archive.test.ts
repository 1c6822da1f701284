import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ArchiveStep } from '../../db/archive/archive-cases.ts';
import { archivesDue, destroyArchive } from '../../db/archive/destroy-archive.ts';
import { manifestOf, sealedFile } from '../../db/backup/sealed-folder.ts';
import { tenantId } from '../engine/engine-under-test.ts';
import {
  archiveTo,
  base,
  bring,
  endedCase,
  historyOf,
  keptUntil,
  looked,
  none,
  otherHospital,
  owner,
  parts,
  rowsOf,
  running,
  startOne,
  stubOf,
  tracesOf,
} from './archive-ground.ts';

describe('archiving', () => {
  test('takes what ended early enough and leaves what is open, started later, or still waited for', async () => {
    const [gone, open, waitedFor] = [await endedCase(), await startOne(), await endedCase()];
    await owner`
      insert into jobs (tenant_id, job_key, case_id, kind, work, due_at, run_at)
      values (${tenantId}, 'left-over', ${waitedFor}, 'timer', '{}', now(), now())`;
    const folder = join(base, 'first');
    const outcome = await archiveTo(folder);
    expect(outcome).toMatchObject({
      archive: 'first',
      archived: 1,
      byClass: { prescription: 1 },
      kept: [],
      more: false,
    });
    expect(await rowsOf(gone)).toEqual(none);
    expect((await rowsOf(open)).cases).toHaveLength(1);
    expect((await rowsOf(waitedFor)).cases).toHaveLength(1);
    expect(await stubOf(gone)).toMatchObject({
      ...{ archive: 'first', record_class: 'prescription', process_key: 'sample', patient_id: 'P000001' },
      kept_until: new Date('2027-03-02T00:00:00Z'),
    });
    for (const file of await readdir(folder))
      expect((await readFile(join(folder, file))).includes('P000001'), file).toBe(false);
    await owner`delete from jobs where job_key = 'left-over'`;
    expect(await archiveTo(join(base, 'second'))).toMatchObject({ archived: 1 });
    expect(await rowsOf(waitedFor)).toEqual(none);
    expect((await historyOf(open))?.chain.status).toBe('intact');
  });

  test('leaves a case that does not prove, and names it; the others go', async () => {
    const [good, changed, short, keyless] = [
      await endedCase(),
      await endedCase(),
      await endedCase(),
      await endedCase(),
    ];
    await owner`update cases set state = replace(state, 'ORD-', 'ODR-') where case_id = ${changed}`;
    await owner`delete from history where case_id = ${short} and seq = 2`;
    await owner`update case_keys set wrapped_key = '1.AAAA.AAAA' where case_id = ${keyless}`;
    const outcome = await archiveTo(join(base, 'third'));
    expect(outcome.archived).toBe(1);
    expect([...outcome.kept].map(({ caseId, why }) => `${why} ${caseId}`).sort()).toEqual(
      [changed, short, keyless].map((caseId) => `not-proved ${caseId}`).sort(),
    );
    expect(await rowsOf(good)).toEqual(none);
    expect((await rowsOf(changed)).cases).toHaveLength(1);
    expect(await stubOf(changed)).toBeUndefined();
    for (const caseId of [changed, short, keyless]) await owner`delete from cases where case_id = ${caseId}`;
  });

  test('writes nothing when there is nothing to archive, and over nothing that is there', async () => {
    const folder = join(base, 'fourth');
    expect(await archiveTo(folder)).toMatchObject({ archived: 0 });
    expect(existsSync(folder)).toBe(false);
    await endedCase();
    await writeFile(join(base, 'a letter'), 'not yours');
    await expect(archiveTo(base)).rejects.toThrow(/neither/);
    expect(await readdir(base)).toEqual(['a letter']);
    await expect(archiveTo(join(base, 'first'))).rejects.toThrow(/called first already/);
  });

  test.each([
    ['written', 'written a file'],
    ['proved', 'read back'],
    ['finished', 'finished'],
    ['removed', 'begun to remove'],
  ] as const)('killed when it has %s loses nothing, and goes on when called again', async (kind, when) => {
    const cases = [await endedCase(), await endedCase()];
    const folder = join(base, `killed-${kind}`);
    const kill = (step: ArchiveStep) => {
      if (step.kind === kind) throw new Error('killed');
    };
    await expect(archiveTo(folder, kill), when).rejects.toThrow('killed');
    for (const caseId of cases) {
      const isThere = (await rowsOf(caseId)).cases?.length === 1;
      // A case is gone only when a finished archive holds it.
      expect(isThere || existsSync(manifestOf(folder)), when).toBe(true);
    }
    const again = await archiveTo(folder);
    expect(again.kept).toEqual([]);
    for (const caseId of cases) expect(await rowsOf(caseId)).toEqual(none);
    expect(await stubOf(cases[0] ?? '')).toMatchObject({ archive: `killed-${kind}` });
  });

  test('removes nothing when the folder does not give back what was written', async () => {
    const caseId = await endedCase();
    const folder = join(base, 'damaged');
    const before = await rowsOf(caseId);
    const damage = archiveTo(folder, (step) => {
      if (step.kind === 'written' && step.table === 'definitions') void truncate(sealedFile(folder, 'history'), 40);
    });
    await expect(damage).rejects.toThrow(/cut off|differs/);
    expect(await rowsOf(caseId)).toEqual(before);
    expect(await archiveTo(folder)).toMatchObject({ archived: 1 });
  });

  test('drops months nothing is left in', async () => {
    const months = async () =>
      (await owner`select inhrelid::regclass::text as name from pg_inherits where inhparent = 'history'::regclass`).map(
        ({ name }) => String(name),
      );
    await owner`select ensure_history_partitions('2026-01-05', '2026-01-05')`;
    expect(await months()).toContain('history_202601');
    await endedCase();
    const { months: dropped } = await archiveTo(join(base, 'emptied'));
    expect(dropped).toBeGreaterThan(0);
    expect(await months()).not.toContain('history_202601');
    expect(await months()).toContain('history_of_other_months');
  });
});

describe('who may not', () => {
  test('the application can neither remove a case nor change what is said of an archived one', async () => {
    const { raw } = running.database;
    for (const statement of [
      `select archive_cases('${tenantId}', 'first', '[]')`,
      `select drop_empty_month('history_202601')`,
      'delete from history',
      'delete from cases',
      'delete from archived_cases',
      'update archived_cases set kept_until = now()',
      "insert into archives (tenant_id, archive, manifest_hash, made_at) select tenant_id, 'x', '', now() from cases",
    ])
      await expect(raw.unsafe(statement), statement).rejects.toThrow(/permission denied/);
  });

  test('a hospital does not see what another has archived', async () => {
    const count = (tenant: string) =>
      running.database.inTenant(tenant, async (tx) => (await tx.query.archivedCases.findMany()).length);
    expect(await count(tenantId)).toBeGreaterThan(0);
    expect(await count(otherHospital)).toBe(0);
  });
});

describe('bringing back', () => {
  test('puts a case back as it was, byte for byte, and it replays; others stay where they are', async () => {
    const [wanted, other] = [await endedCase(), await endedCase()];
    const before = await rowsOf(wanted);
    const folder = join(base, 'for-the-auditor');
    await archiveTo(folder);
    expect(await bring(folder, [wanted])).toEqual({ broughtBack: [wanted], refused: [] });
    expect(await rowsOf(wanted)).toEqual(before);
    expect(await rowsOf(other)).toEqual(none);
    expect(await historyOf(wanted)).toMatchObject({ chain: { status: 'intact' }, replaysToStoredState: true });
    expect(await bring(folder, [wanted])).toEqual({
      broughtBack: [],
      refused: [{ caseId: wanted, why: 'there-already' }],
    });
    // No other archive takes it; it returns to its own.
    expect(await archiveTo(join(base, 'another'))).toMatchObject({ archived: 0 });
    expect(await archiveTo(folder)).toMatchObject({ archived: 1, kept: [] });
    expect(await rowsOf(wanted)).toEqual(none);
    expect(await stubOf(wanted)).toMatchObject({ archive: 'for-the-auditor', brought_back_at: null });
  });

  test('goes into a month that was dropped, and brings the definition along when it is gone', async () => {
    const caseId = await endedCase();
    const before = await rowsOf(caseId);
    const folder = join(base, 'long-ago');
    await archiveTo(folder);
    await owner`delete from definitions where key = 'sample'`;
    expect(await bring(folder, [caseId])).toEqual({ broughtBack: [caseId], refused: [] });
    expect(await rowsOf(caseId)).toEqual(before);
    expect(await owner`select 1 from definitions where key = 'sample'`).toHaveLength(1);
  });

  test('says which case an archive has not, and opens no archive of another hospital', async () => {
    const caseId = await endedCase();
    const folder = join(base, 'ours');
    await archiveTo(folder);
    const stranger = '019cabd8-3800-7518-b9f7-6716577e5d48';
    expect((await bring(folder, [stranger])).refused).toEqual([{ caseId: stranger, why: 'not-in-archive' }]);
    await expect(bring(folder, [caseId], new Uint8Array(32).fill(8))).rejects.toThrow(/another master key/);
    expect(await rowsOf(caseId)).toEqual(none);
  });
});

describe('destroying', () => {
  test('waits for the last case, then leaves a certificate and nothing of a patient', async () => {
    const [first, last] = [await endedCase(), await endedCase()];
    const folder = join(base, 'to-destroy');
    await archiveTo(folder);
    await expect(destroyArchive({ ...parts(), folder })).rejects.toThrow(/kept until 2027-03-02/);
    const elsewhere = await endedCase();
    for (const caseId of [first, elsewhere]) await looked(caseId);
    await keptUntil('to-destroy', '2021-01-01');
    await owner`update archived_cases set kept_until = '2999-01-01' where case_id = ${last}`;
    await expect(destroyArchive({ ...parts(), folder })).rejects.toThrow(/kept until 2999-01-01/);
    expect(await archivesDue(parts())).toEqual([]);
    await keptUntil('to-destroy', '2021-01-01');
    await expect(destroyArchive({ ...parts(), keptLonger: { prescription: 900 }, folder })).rejects.toThrow(
      /until 2920/,
    );
    expect(await archivesDue(parts())).toMatchObject([{ archive: 'to-destroy', cases: 2 }]);
    const certificate = await destroyArchive({ ...parts(), folder });
    expect(certificate).toMatchObject({
      ...{ archive: 'to-destroy', cases: 2, byClass: { prescription: 2 }, keptUntil: '2021-01-01T00:00:00.000Z' },
      manifestHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(existsSync(folder)).toBe(false);
    expect(await stubOf(first)).toMatchObject({ patient_id: null, business_key: null, record_class: 'prescription' });
    expect(await tracesOf(first)).toEqual({ prints: 0, reviews: 0, readBy: ['dr-wang'], of: [''] });
    expect(await tracesOf(elsewhere)).toMatchObject({ prints: 1, reviews: 1, of: [expect.stringMatching(/^P\d/)] });
    const [row] = await owner`select * from archives where archive = 'to-destroy'`;
    expect(row).toMatchObject({ cases: 2, manifest_hash: certificate.manifestHash });
    expect(await archivesDue(parts())).toEqual([]);
  });

  test('goes on when it was killed', async () => {
    await endedCase();
    const folder = join(base, 'half-destroyed');
    await archiveTo(folder);
    await keptUntil('half-destroyed', '2021-01-01');
    const manifest = await readFile(manifestOf(folder));
    await rm(sealedFile(folder, 'history'));
    const certificate = await destroyArchive({ ...parts(), folder });
    // The certificate is there, the folder not yet gone.
    await mkdir(folder);
    await writeFile(manifestOf(folder), manifest);
    expect(await destroyArchive({ ...parts(), folder })).toEqual(certificate);
    expect(existsSync(folder)).toBe(false);
  });

  test("counts a patient's record from the last visit, where the law does", async () => {
    const caseId = await endedCase();
    const folder = join(base, 'came-again');
    await archiveTo(folder);
    await keptUntil('came-again', '2021-01-01');
    await owner`update archived_cases set record_class = 'outpatient-record' where case_id = ${caseId}`;
    await owner`update archived_cases set kept_until = '2010-01-01', ended_at = '1995-01-01' where case_id = ${caseId}`;
    expect(await archivesDue(parts())).toMatchObject([{ archive: 'came-again' }]);
    const again = await startOne();
    await owner`update cases set patient_id = (select patient_id from archived_cases where case_id = ${caseId}) where case_id = ${again}`;
    await expect(destroyArchive({ ...parts(), folder })).rejects.toThrow(/kept until 2041-/);
    await owner`delete from cases where case_id = ${again}`;
  });

  test('touches no folder that is no archive of this database', async () => {
    await expect(destroyArchive({ ...parts(), folder: base })).rejects.toThrow(/finished archive/);
    await writeFile(manifestOf(base), '{}');
    await expect(destroyArchive({ ...parts(), folder: base })).rejects.toThrow(/knows of none/);
    expect(await readdir(base)).toEqual(['manifest.json']);
  });
});
