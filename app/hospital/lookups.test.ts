import { describe, expect, it } from 'vitest';
import { createLookups, createPatientDesk } from './lookups.ts';
import { patients } from './patients.ts';
import { nameInitials, pinyinInitials } from './pinyin-initials.ts';

const at = '2026-03-02T00:00:00.000Z';
const lookups = createLookups({ search: async () => [] });
const valuesOf = async (name: string, text: string) =>
  (await lookups.find({ tenantId: 't', name, text, limit: 30 }))?.map(({ value }) => value);

describe('pinyin initials', () => {
  it.each([
    ['张伟', 'ZW'],
    ['刘洋', 'LY'],
    ['欧阳思雨', 'OYSY'],
    ['头颅CT平扫', 'TLCTPS'],
    ['苏天宁', 'STN'],
    ['吴（男）', 'WN'],
  ])('of %s are %s', (text, initials) => {
    expect(pinyinInitials(text)).toBe(initials);
  });

  it('read a family name as one', () => {
    expect(nameInitials('曾毅')).toBe('ZY');
  });

  it('exist for every character of the patients’ names', () => {
    for (const { name } of patients) expect(nameInitials(name)).toHaveLength([...name].length);
  });
});

describe('the code lists', () => {
  it('find by name, English name, code and initials', async () => {
    expect(await valuesOf('exam-items', '头颅CT')).toContain('CT-HEAD');
    expect(await valuesOf('exam-items', 'ct head')).toContain('CT-HEAD');
    expect(await valuesOf('exam-items', 'tlct')).toContain('CT-HEAD');
    expect(await valuesOf('drugs', 'amxl')).toContain('amoxicillin-cap');
    expect(await valuesOf('staff', 'wjg')).toEqual(['dr-wang']);
  });

  it('leave out what was withdrawn', async () => {
    expect(await valuesOf('exam-items', 'CT-SCREEN-OLD')).toEqual([]);
    expect(await valuesOf('drugs', 'withdrawn')).toEqual([]);
  });

  it('are these and no others', async () => {
    expect(await valuesOf('frequencies', 'bid')).toEqual(['BID']);
    expect(await valuesOf('patients', 'P000001')).toBeUndefined();
    expect(await valuesOf('constructor', '')).toBeUndefined();
  });
});

describe('the patient desk', () => {
  it('finds by name, number and initials', async () => {
    const desk = createPatientDesk();
    const idsOf = async (text: string) =>
      (await desk.search({ tenantId: 't', text, limit: 200, at })).map(({ patientId }) => patientId);
    expect(await idsOf('张伟')).toContain('P000001');
    expect(await idsOf('zw')).toContain('P000001');
    expect(await idsOf('p000020')).toEqual(['P000020']);
    expect(await idsOf('nobody at all')).toEqual([]);
  });
});
