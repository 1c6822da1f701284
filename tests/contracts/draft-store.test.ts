import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDraftStore, type Draft, type DraftStore } from '../../db/draft-store.ts';
import type { ProcessPackage } from '../../engine/index.ts';
import { startTestDatabase, type TestDatabase } from '../postgres/test-database.ts';

const tenantId = '01900000-0000-7000-8000-000000000001';
const otherTenant = '01900000-0000-7000-8000-000000000002';
const at = '2026-03-02T00:00:00.000Z';

let running: TestDatabase;
let drafts: DraftStore;
beforeAll(async () => {
  running = await startTestDatabase(new Date(at));
  drafts = createDraftStore(running.database);
});
afterAll(() => running.close());

function pkg(key: string, bpmn = '<a/>'): ProcessPackage {
  return { key, title: { 'zh-CN': '流程', en: 'Flow' }, bpmn, forms: {}, decisions: {} };
}

async function saved(key: string, by = 'po-lu'): Promise<Draft> {
  const draft = await drafts.save({ tenantId, pkg: pkg(key), hash: 'h1', revision: 0, by, at });
  if (draft === 'conflict') throw new Error('Expected a new draft, but there is one already');
  return draft;
}

describe('drafts', () => {
  test('the second of two people who opened the same revision is told and overwrites nothing', async () => {
    const { revision } = await saved('two-people');
    const first = await drafts.save({
      tenantId,
      pkg: pkg('two-people', '<b/>'),
      hash: 'h2',
      revision,
      by: 'po-lu',
      at,
    });
    const second = await drafts.save({
      tenantId,
      pkg: pkg('two-people', '<c/>'),
      hash: 'h3',
      revision,
      by: 'pr-su',
      at,
    });
    expect(first).toMatchObject({ revision: revision + 1, hash: 'h2' });
    expect(second).toBe('conflict');
    expect((await drafts.find(tenantId, 'two-people'))?.pkg.bpmn).toBe('<b/>');
  });

  test('a flow has one draft', async () => {
    await saved('one-draft');
    expect(await drafts.save({ tenantId, pkg: pkg('one-draft'), hash: 'h9', revision: 0, by: 'pr-su', at })).toBe(
      'conflict',
    );
  });

  test('everybody who changed it is kept as editor, and a change makes a submission void', async () => {
    const { revision } = await saved('editors');
    const submitted = await drafts.submit({ tenantId, key: 'editors', revision, by: 'po-lu', at });
    expect(submitted).toMatchObject({ status: 'submitted', submittedBy: 'po-lu' });
    const changed = await drafts.save({ tenantId, pkg: pkg('editors', '<b/>'), hash: 'h2', revision, by: 'pr-su', at });
    expect(changed).toMatchObject({ status: 'editing', editors: ['po-lu', 'pr-su'] });
    expect(changed).not.toHaveProperty('submittedBy');
  });

  test('an approval of other content changes nothing', async () => {
    const { revision } = await saved('other-content');
    await drafts.submit({ tenantId, key: 'other-content', revision, by: 'po-lu', at });
    const act = { tenantId, key: 'other-content', by: 'pr-su', at };
    expect(await drafts.closePublished({ ...act, hash: 'another', version: 1 })).toBe('conflict');
    expect(await drafts.find(tenantId, 'other-content')).toMatchObject({ status: 'submitted' });
    expect(await drafts.closePublished({ ...act, hash: 'h1', version: 1 })).toBe('done');
    expect(await drafts.find(tenantId, 'other-content')).toBeUndefined();
  });

  test('the steps of a review are kept in order', async () => {
    const { revision } = await saved('steps');
    const act = { tenantId, key: 'steps', at };
    await drafts.submit({ ...act, revision, by: 'po-lu' });
    await drafts.giveBack({ ...act, hash: 'h1', by: 'pr-su', comment: '缺少超时' });
    expect(await drafts.find(tenantId, 'steps')).toMatchObject({
      status: 'editing',
      returned: { by: 'pr-su', comment: '缺少超时' },
    });
    expect((await drafts.reviews(tenantId, 'steps')).map(({ step, by }) => [step, by])).toEqual([
      ['submitted', 'po-lu'],
      ['returned', 'pr-su'],
    ]);
  });

  test('another hospital sees none of them', async () => {
    await saved('own-hospital');
    expect(await drafts.list(otherTenant)).toEqual([]);
    expect(await drafts.find(otherTenant, 'own-hospital')).toBeUndefined();
  });
});
