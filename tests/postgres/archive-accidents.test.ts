import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ArchiveStep } from '../../db/archive/archive-cases.ts';
import { archivesDue, destroyArchive } from '../../db/archive/destroy-archive.ts';
import { manifestOf } from '../../db/backup/sealed-folder.ts';
import { tenantId } from '../engine/engine-under-test.ts';
import {
  archiveTo,
  base,
  bring,
  endedCase,
  keptUntil,
  looked,
  none,
  owner,
  parts,
  rowsOf,
  startOne,
  stubOf,
  tracesOf,
} from './archive-ground.ts';

/** Says of an archived case whose record it is, and when it ended and is kept until. */
const recordOf = (caseId: string, patient: string, recordClass: string, ended: string, until: string) => owner`
  update archived_cases set patient_id = ${patient}, record_class = ${recordClass}, ended_at = ${ended}, kept_until = ${until}
   where case_id = ${caseId}`;

async function archived(name: string) {
  const caseId = await endedCase();
  const folder = join(base, name);
  await archiveTo(folder);
  return { caseId, folder };
}

describe('an archive that is the only copy', () => {
  test('is not touched by a second archiving of the same folder', async () => {
    const caseId = await endedCase();
    const folder = join(base, 'twice');
    let second: Promise<unknown> | undefined;
    const outcome = await archiveTo(folder, ({ kind }) => {
      if (kind === 'written') second ??= expect(archiveTo(folder)).rejects.toThrow(/nobody else at the archives/);
    });
    await second;
    expect(outcome).toMatchObject({ archived: 1, kept: [] });
    expect(await bring(folder, [caseId])).toEqual({ broughtBack: [caseId], refused: [] });
  });

  test('stays as it is when its manifest is missing, and goes on when that is back', async () => {
    const { caseId, folder } = await archived('no-manifest');
    const draft = join(folder, 'manifest.draft');
    await rename(manifestOf(folder), draft);
    const files = await readdir(folder);
    await expect(archiveTo(folder)).rejects.toThrow(/called no-manifest already/);
    expect(await readdir(folder)).toEqual(files);
    await rename(draft, manifestOf(folder));
    expect(await bring(folder, [caseId])).toMatchObject({ broughtBack: [caseId] });
  });
});

test('an archive that was broken off says which of its cases another took meanwhile', async () => {
  const caseId = await endedCase();
  const [first, second] = [join(base, 'first-of-two'), join(base, 'second-of-two')];
  const kill = ({ kind }: ArchiveStep) => {
    if (kind === 'finished') throw new Error('killed');
  };
  await expect(archiveTo(first, kill)).rejects.toThrow('killed');
  expect(await archiveTo(second)).toMatchObject({ archived: 1 });
  expect(await archiveTo(first)).toMatchObject({ archived: 0, kept: [{ caseId, why: 'elsewhere' }] });
  expect(await bring(first, [caseId])).toMatchObject({ refused: [{ caseId, why: 'not-its-archive' }] });
});

describe('what is kept', () => {
  test("counts from a patient's last visit when the archive of that visit was destroyed before", async () => {
    const [record, visit] = [await archived('the-record'), await archived('the-visit')];
    await recordOf(record.caseId, 'P-came-again', 'outpatient-record', '2006-01-01', '2021-01-01');
    await recordOf(visit.caseId, 'P-came-again', 'prescription', '2016-01-01', '2017-01-01');
    const { folder } = record;
    await expect(destroyArchive({ ...parts(), folder })).rejects.toThrow(/kept until 2031-01-01/);
    await destroyArchive({ ...parts(), folder: visit.folder });
    await expect(destroyArchive({ ...parts(), folder })).rejects.toThrow(/kept until 2031-01-01/);
  });

  test('is kept to the day, whatever leap years lie between', async () => {
    const { caseId, folder } = await archived('leap-years');
    const visit = await startOne();
    await recordOf(caseId, 'P-leap', 'outpatient-record', '2012-03-01', '2027-03-01');
    await owner`update cases set patient_id = 'P-leap', last_at = '2013-03-01T00:00:00Z' where case_id = ${visit}`;
    await expect(destroyArchive({ ...parts(), folder })).rejects.toThrow(/kept until 2028-03-01/);
    await owner`delete from cases where case_id = ${visit}`;
  });

  test('stays in the database while an exception in it was not looked at', async () => {
    const caseId = await endedCase();
    await owner`update history set header = replace(header, '"override":false', '"override":true') where case_id = ${caseId} and seq = 2`;
    expect(await archiveTo(join(base, 'not-looked-at'))).toMatchObject({ archived: 0 });
    await owner`update history set header = replace(header, '"override":true', '"override":false') where case_id = ${caseId}`;
    expect(await archiveTo(join(base, 'not-looked-at'))).toMatchObject({ archived: 1 });
  });
});

describe('a destruction', () => {
  test('that was broken off is brought to its end, even when the patient has come again meanwhile', async () => {
    const { caseId, folder } = await archived('broken-off');
    await recordOf(caseId, 'P-broken-off', 'outpatient-record', '2000-01-01', '2015-01-01');
    await owner.unsafe(`
      create function stop() returns trigger language plpgsql as $$ begin raise exception 'the server went away'; end $$;
      create trigger stop before update of destroyed_at on archives for each row execute function stop()`);
    await expect(destroyArchive({ ...parts(), folder })).rejects.toThrow('the server went away');
    await owner.unsafe('drop trigger stop on archives; drop function stop()');
    const visit = await startOne();
    await owner`update cases set patient_id = 'P-broken-off' where case_id = ${visit}`;
    expect(await archivesDue(parts())).toMatchObject([{ archive: 'broken-off' }]);
    expect(await destroyArchive({ ...parts(), folder })).toMatchObject({ archive: 'broken-off', cases: 1 });
    expect(await stubOf(caseId)).toMatchObject({ patient_id: null });
    await owner`delete from cases where case_id = ${visit}`;
  });

  test('holds for every copy of the folder', async () => {
    const { caseId, folder } = await archived('copied');
    const copy = join(base, 'a copy');
    await cp(folder, copy, { recursive: true });
    await keptUntil('copied', '2021-01-01');
    await destroyArchive({ ...parts(), folder });
    expect(await bring(copy, [caseId])).toEqual({ broughtBack: [], refused: [{ caseId, why: 'not-its-archive' }] });
    expect(await rowsOf(caseId)).toEqual(none);
  });

  test('begins only where nothing else lies in the folder', async () => {
    const { folder } = await archived('not-alone');
    await keptUntil('not-alone', '2021-01-01');
    await writeFile(join(folder, 'a letter'), 'not yours');
    const files = await readdir(folder);
    await expect(destroyArchive({ ...parts(), folder })).rejects.toThrow(/there is a letter/);
    expect(await readdir(folder)).toEqual(files);
  });

  test("takes the patient's number from what lists recorded, unless the patient is still there", async () => {
    const [gone, stays] = [await archived('seen-in-lists'), await archived('still-there')];
    await keptUntil('seen-in-lists', '2021-01-01');
    for (const { caseId } of [gone, stays]) {
      await looked(caseId);
      const patient = String((await stubOf(caseId))?.patient_id);
      await owner`insert into read_audit (tenant_id, at, person_id, patient_id, screen, case_id, request_id)
        values (${tenantId}, now(), 'dr-wang', ${patient}, 'inbox', null, gen_random_uuid())`;
    }
    const [was, is] = [
      String((await stubOf(gone.caseId))?.patient_id),
      String((await stubOf(stays.caseId))?.patient_id),
    ];
    await destroyArchive({ ...parts(), folder: gone.folder });
    const seen = async (patient: string) =>
      (await owner`select 1 from read_audit where patient_id = ${patient}`).length;
    expect([await seen(was), await seen(is)]).toEqual([0, 2]);
    expect(await tracesOf(gone.caseId)).toMatchObject({ readBy: ['dr-wang'], of: [''] });
  });
});

test('an empty folder is taken', async () => {
  await endedCase();
  await mkdir(join(base, 'empty'));
  expect(await archiveTo(join(base, 'empty'))).toMatchObject({ archived: 1 });
  expect(existsSync(manifestOf(join(base, 'empty')))).toBe(true);
});
