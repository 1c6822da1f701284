import { describe, expect, test } from 'vitest';
import { createEngine, defaultChangePolicy, mappingOf, verifyCase } from '../../engine/index.ts';
import { clerk, must, openEngine, person, scriptedConnector, tenantId } from './engine-under-test.ts';
import { crashBody, oneJobBody, sampleFlow } from './sample-flow.ts';

const owner = person('po-lu', ['process-owner']);
const second = person('sa-jiang', ['system-admin']);
const id = '01900000-0000-7000-8000-00000000000b';

/** `cases` cases on the first of two versions, one of them gone on to where the second has no place for it. */
async function twoVersions(cases: number) {
  const opened = await openEngine(sampleFlow('sample', crashBody), { onDuty: [clerk, owner, second] });
  const caseIds: string[] = [];
  for (let n = 0; n < cases; n += 1) caseIds.push((await opened.startCase()).caseId);
  const body = crashBody.replaceAll('B1_Refund', 'B1_PayBack');
  must(await opened.engine.publish({ tenantId, by: clerk, pkg: sampleFlow('sample', body) }));
  const { pairs } = must(await opened.engine.proposeMigration({ tenantId, processKey: 'sample', from: 1, to: 2 }));
  const versions = { kind: 'migrate', processKey: 'sample', from: 1, to: 2, timers: 'keep' } as const;
  const work = { ...versions, mapping: mappingOf(pairs) };
  const complete = async (caseId: string) => {
    const [task] = (await opened.see(caseId)).view.tasks;
    const request = { tenantId, by: clerk, key: `c-${caseId}`, caseId, taskId: task?.taskId ?? '', variables: {} };
    must(await opened.engine.complete(request));
  };
  return { ...opened, caseIds, complete, request: { tenantId, by: owner, id, work, reason: 'mended' } };
}

const of = { tenantId, id };

describe('a batch migration', () => {
  test('judges every running case and changes none, then moves those that can be, each with its history', async () => {
    const { engine, stores, parts, caseIds, complete, request, see, runAll } = await twoVersions(12);
    const [stuck = '', ...others] = caseIds;
    await complete(stuck);
    must(await engine.batches.request(request));
    await runAll();
    const counts = { total: 12, ok: 11, noted: 0, blocked: 1, done: 0, refused: 0 };
    expect(await engine.batches.see(tenantId, id)).toMatchObject({ state: 'checked', counts });
    const [blocked] = await engine.batches.items({ ...of, verdict: 'blocked', limit: 5 });
    expect(blocked).toMatchObject({ caseId: stuck, notes: [{ code: 'element-gone', elementId: 'B1_Refund' }] });
    expect((await see(others[0] ?? '')).stored.version).toBe(1);
    must(await engine.batches.release({ ...of, by: owner }));
    await runAll();
    expect(await engine.batches.see(tenantId, id)).toMatchObject({ state: 'done', counts: { done: 11, refused: 0 } });
    for (const caseId of others) {
      const { stored } = await see(caseId);
      expect(stored.definition.version).toBe(2);
      const key = await parts.keyRing.open(tenantId, caseId, stored.wrappedKey);
      const entries = await stores.cases.entries({ tenantId, caseId });
      expect(verifyCase({ entries, storedState: stored.state, head: stored.lastHash, key }).ok).toBe(true);
    }
    expect((await see(stuck)).stored.definition.version).toBe(1);
  });

  test('over more cases than one may change alone needs somebody else, who may', async () => {
    const { engine, request, runAll } = await twoVersions(21);
    must(await engine.batches.request(request));
    await runAll();
    expect(await engine.batches.see(tenantId, id)).toMatchObject({ needsSecondPerson: true });
    const refused = (code: string) => ({ ok: false, rejection: { code } });
    expect(await engine.batches.release({ ...of, by: owner })).toMatchObject(refused('separation-of-duties'));
    must(await engine.batches.askRelease({ ...of, by: owner }));
    expect(await engine.batches.release({ ...of, by: owner })).toMatchObject(refused('separation-of-duties'));
    expect(await engine.batches.release({ ...of, by: clerk })).toMatchObject(refused('not-eligible'));
    must(await engine.batches.release({ ...of, by: second }));
    await runAll();
    expect(await engine.batches.see(tenantId, id)).toMatchObject({
      state: 'done',
      releasedBy: 'sa-jiang',
      counts: { done: 21 },
    });
  });

  test('can be stopped and goes on from there, in either phase', async () => {
    const { engine, request, runAll } = await twoVersions(10);
    must(await engine.batches.request(request));
    must(await engine.batches.stop({ ...of, by: second }));
    await runAll();
    expect(await engine.batches.see(tenantId, id)).toMatchObject({ state: 'stopped', counts: { ok: 0 } });
    must(await engine.batches.goOn({ ...of, by: owner }));
    await runAll();
    must(await engine.batches.release({ ...of, by: owner }));
    await engine.runDueWork({ limit: 1 });
    must(await engine.batches.stop({ ...of, by: owner }));
    await runAll();
    const stopped = await engine.batches.see(tenantId, id);
    expect(stopped?.counts.done).toBeGreaterThan(0);
    expect(stopped?.counts.done).toBeLessThan(10);
    must(await engine.batches.goOn({ ...of, by: owner }));
    await runAll();
    expect(await engine.batches.see(tenantId, id)).toMatchObject({ state: 'done', counts: { done: 10 } });
  });

  test('that was cut off between a case and its record goes on without doing it twice', async () => {
    const { engine, stores, parts, request, runAll, see, caseIds, clock } = await twoVersions(9);
    must(await engine.batches.request(request));
    await runAll();
    must(await engine.batches.release({ ...of, by: owner }));
    const record = stores.batches.record;
    const cut = { ...stores, batches: { ...stores.batches, record: () => Promise.reject(new Error('killed')) } };
    const dying = createEngine({ ...parts, stores: cut });
    await dying.runDueWork({ limit: 2 });
    expect(record).toBe(stores.batches.record);
    await runAll(new Date(Date.parse(clock.now()) + 3_600_000).toISOString());
    expect(await engine.batches.see(tenantId, id)).toMatchObject({ state: 'done', counts: { done: 9, refused: 0 } });
    for (const caseId of caseIds) expect((await see(caseId)).stored.version).toBe(2);
  });

  test('tells of cases that have gone on or ended since they were judged', async () => {
    const { engine, request, runAll, caseIds, complete } = await twoVersions(3);
    const [on = '', ended = ''] = caseIds;
    must(await engine.batches.request(request));
    await runAll();
    await complete(on);
    must(await engine.cancelCase({ tenantId, by: clerk, key: 'x', caseId: ended, reason: 'no longer wanted' }));
    must(await engine.batches.release({ ...of, by: owner }));
    await runAll();
    const refused = await engine.batches.items({ ...of, outcome: 'refused', limit: 9 });
    expect(refused.map(({ caseId, why }) => [caseId, why?.code])).toEqual([
      [on, 'element-gone'],
      [ended, 'case-ended'],
    ]);
  });

  test('is for those who may change cases, with a reason, once', async () => {
    const { engine, request } = await twoVersions(1);
    expect(await engine.batches.request({ ...request, by: clerk })).toMatchObject({
      rejection: { code: 'not-eligible' },
    });
    expect(await engine.batches.request({ ...request, reason: ' ' })).toMatchObject({ ok: false });
    const begun = must(await engine.batches.request(request));
    expect(must(await engine.batches.request(request))).toEqual(begun);
    expect(await engine.batches.goOn({ ...of, by: owner })).toMatchObject({ rejection: { code: 'batch-moved-on' } });
    expect(await engine.batches.stop({ ...of, id: clerk.id, by: owner })).toMatchObject({
      rejection: { code: 'batch-not-found' },
    });
  });
});

describe('a batch nobody wants any more', () => {
  test('is withdrawn before it ran, by anybody who may, and stays so', async () => {
    const { engine, request, runAll, see, caseIds } = await twoVersions(2);
    must(await engine.batches.request(request));
    await runAll();
    expect(await engine.batches.withdraw({ ...of, by: clerk })).toMatchObject({ rejection: { code: 'not-eligible' } });
    must(await engine.batches.withdraw({ ...of, by: second }));
    await runAll();
    const withdrawn = { state: 'withdrawn', withdrawnBy: 'sa-jiang', counts: { done: 0 } };
    expect(await engine.batches.see(tenantId, id)).toMatchObject(withdrawn);
    for (const step of [engine.batches.release, engine.batches.goOn, engine.batches.withdraw])
      expect(await step({ ...of, by: owner })).toMatchObject({ rejection: { code: 'batch-moved-on' } });
    for (const caseId of caseIds) expect((await see(caseId)).stored.version).toBe(1);
  });

  test('while it is judged ends its work; while it runs it has to be stopped first', async () => {
    const { engine, request, runAll, clock } = await twoVersions(9);
    must(await engine.batches.request(request));
    must(await engine.batches.withdraw({ ...of, by: owner }));
    await runAll();
    expect(await engine.batches.see(tenantId, id)).toMatchObject({ state: 'withdrawn', counts: { ok: 0 } });
    const other = { tenantId, id: '01900000-0000-7000-8000-00000000000d', by: owner };
    must(await engine.batches.request({ ...request, ...other }));
    await runAll();
    must(await engine.batches.release(other));
    expect(await engine.batches.withdraw(other)).toMatchObject({ rejection: { code: 'batch-moved-on' } });
    await engine.runDueWork({ limit: 1 });
    must(await engine.batches.stop(other));
    must(await engine.batches.withdraw(other));
    await runAll(new Date(Date.parse(clock.now()) + 3_600_000).toISOString());
    const { counts, endedAt } = (await engine.batches.see(tenantId, other.id)) ?? {};
    expect(counts?.done).toBeGreaterThan(0);
    expect(counts?.done).toBeLessThan(9);
    expect(endedAt).toBeDefined();
  });
});

describe('the same machinery', () => {
  test('takes in no more than the hospital allows', async () => {
    const changePolicy = { ...defaultChangePolicy, mostChosen: 2 };
    const { engine } = await openEngine(sampleFlow('sample', oneJobBody), { parts: { changePolicy } });
    const targets = ['1', '2', '3'].map((end) => ({ caseId: `01900000-0000-7000-8000-00000000000${end}` }));
    const request = { ...of, by: owner, work: { kind: 'cancel-cases' }, reason: 'started twice' } as const;
    expect(await engine.batches.request({ ...request, targets })).toMatchObject({
      rejection: { code: 'batch-too-large', params: { chosen: 3, most: 2 } },
    });
    expect(await engine.batches.see(tenantId, id)).toBeUndefined();
    must(await engine.batches.request({ ...request, targets: targets.slice(1) }));
  });

  test('leaves a request of unknown outcome to a person', async () => {
    const { connector, sent } = scriptedConnector('neither', [{ status: 'unknown', message: 'no answer' }]);
    const options = { connectors: [connector], onDuty: [clerk, owner] };
    const { engine, startCase, runAll, see } = await openEngine(sampleFlow('sample', oneJobBody), options);
    const { caseId } = await startCase();
    await runAll();
    const [incident] = (await see(caseId)).view.incidents;
    expect(incident?.code).toBe('job-outcome-unknown');
    const targets = [{ caseId, subject: incident?.incidentId ?? '' }];
    const work = { kind: 'retry-incidents' } as const;
    must(await engine.batches.request({ ...of, by: owner, work, reason: 'the connector is back', targets }));
    await runAll();
    const [item] = await engine.batches.items({ ...of, limit: 5 });
    expect(item).toMatchObject({ verdict: 'blocked', notes: [{ code: 'outcome-unknown' }] });
    must(await engine.batches.release({ ...of, by: owner }));
    await runAll();
    expect(sent).toHaveLength(1);
  });

  test('sends again what incidents stopped, and cancels cases', async () => {
    const opened = await openEngine(sampleFlow('sample', oneJobBody), { onDuty: [clerk, owner] });
    const { engine, stores, runAll, startCase, see } = opened;
    const { caseId } = await startCase();
    await runAll();
    const [incident] = (await see(caseId)).view.incidents;
    const targets = [
      { caseId, subject: incident?.incidentId ?? '' },
      { caseId, subject: `${caseId}-999` },
    ];
    const retry = { kind: 'retry-incidents' } as const;
    must(await engine.batches.request({ ...of, by: owner, work: retry, reason: 'the connector is back', targets }));
    await runAll();
    expect(await engine.batches.see(tenantId, id)).toMatchObject({ counts: { ok: 1, blocked: 1 } });
    must(await engine.batches.release({ ...of, by: owner }));
    await runAll();
    expect(await engine.batches.see(tenantId, id)).toMatchObject({ state: 'done', counts: { done: 1 } });
    const other = '01900000-0000-7000-8000-00000000000c';
    const cancel = { kind: 'cancel-cases' } as const;
    must(
      await engine.batches.request({
        tenantId,
        by: owner,
        id: other,
        work: cancel,
        reason: 'started twice',
        targets: [{ caseId }],
      }),
    );
    await runAll();
    must(await engine.batches.release({ tenantId, id: other, by: owner }));
    await runAll();
    expect((await see(caseId)).view).toMatchObject({ status: 'ended', outcome: 'cancelled' });
    expect((await stores.cases.entries({ tenantId, caseId })).map(({ header }) => header.command.type)).toContain(
      'RetryIncident',
    );
  });
});
