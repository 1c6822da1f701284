import { expect, test } from 'vitest';
import type { NewJob } from '../../engine/index.ts';
import { newCase, sampleAt } from './sample-commit.ts';
import { onEveryStore } from './stores-under-test.ts';

const pkg = {
  key: 'sample',
  title: { 'zh-CN': '样例', en: 'Sample' },
  bpmn: '<definitions/>',
  forms: { form: { schema: { type: 'object' }, ui: {} } },
  decisions: {},
};

onEveryStore('definitions', (stores) => {
  test('versions are numbered; every version stays readable', async () => {
    const { tenantId } = newCase();
    const first = {
      tenantId,
      pkg,
      hash: 'h1',
      messageStarts: [],
      timerStarts: [],
      at: sampleAt,
      by: 'po-lu',
      approvedBy: 'pr-su',
    };
    const second = { ...first, hash: 'h2', pkg: { ...pkg, bpmn: '<definitions id="2"/>' } };
    expect(await stores().definitions.publish(first)).toEqual({ key: 'sample', version: 1, hash: 'h1' });
    expect(await stores().definitions.publish(second)).toEqual({ key: 'sample', version: 2, hash: 'h2' });
    expect(await stores().definitions.current(tenantId, 'sample')).toMatchObject({ version: 2, pkg: second.pkg });
    expect(await stores().definitions.byVersion(tenantId, 'sample', 1)).toMatchObject({
      hash: 'h1',
      pkg,
      approvedBy: 'pr-su',
    });
    expect(await stores().definitions.byHash(tenantId, 'sample', 'h1')).toMatchObject({ version: 1 });
  });

  test('who answers for an unsound version, and why, stays with it', async () => {
    const { tenantId } = newCase();
    const publication = { tenantId, pkg, hash: 'h1', messageStarts: [], timerStarts: [], at: sampleAt, by: 'po-lu' };
    const override = { by: 'pr-su', reason: 'one ward, three days' };
    await stores().definitions.publish({ ...publication, override });
    expect(await stores().definitions.current(tenantId, 'sample')).toMatchObject({ override });
    await stores().definitions.publish({ ...publication, hash: 'h2' });
    expect(await stores().definitions.current(tenantId, 'sample')).not.toHaveProperty('override');
  });

  test('publishing the current content again gives the current version; an older content is a new version', async () => {
    const { tenantId } = newCase();
    const publication = { tenantId, pkg, messageStarts: [], timerStarts: [], at: sampleAt, by: 'po-lu' };
    for (const hash of ['h1', 'h1', 'h2']) await stores().definitions.publish({ ...publication, hash });
    expect(await stores().definitions.publish({ ...publication, hash: 'h1' })).toMatchObject({
      version: 3,
      hash: 'h1',
    });
  });

  test('publications at once take different numbers', async () => {
    const { tenantId } = newCase();
    const publication = { tenantId, pkg, messageStarts: [], timerStarts: [], at: sampleAt, by: 'po-lu' };
    const versions = await Promise.all(
      ['a', 'b', 'c', 'd'].map((hash) => stores().definitions.publish({ ...publication, hash })),
    );
    expect(versions.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4]);
  });

  test('a new version replaces the timer starts of the one before', async () => {
    const { tenantId } = newCase();
    const start = (jobKey: string, hash: string): NewJob => ({
      jobKey,
      dueAt: sampleAt,
      work: { kind: 'timer-start', processKey: 'sample', hash, processId: 'Sample', startEventId: 'S1' },
    });
    const publication = { tenantId, pkg, messageStarts: [], at: sampleAt, by: 'po-lu' };
    const old = [start('timer-start:sample:S1', 'h1'), start('timer-start:sample:S2', 'h1')];
    await stores().definitions.publish({ ...publication, hash: 'h1', timerStarts: old });
    await stores().definitions.publish({
      ...publication,
      hash: 'h2',
      timerStarts: [start('timer-start:sample:S1', 'h2')],
    });
    const due = await stores().jobs.lease({ at: sampleAt, limit: 1000, leaseSeconds: 60 });
    expect(due.filter((job) => job.tenantId === tenantId)).toMatchObject([{ work: { hash: 'h2' } }]);
  });

  test('another hospital has its own flows', async () => {
    const { tenantId } = newCase();
    await stores().definitions.publish({
      tenantId,
      pkg,
      hash: 'h1',
      messageStarts: [],
      timerStarts: [],
      at: sampleAt,
      by: 'po-lu',
    });
    expect(await stores().definitions.current(newCase().tenantId, 'sample')).toBeUndefined();
  });
});
