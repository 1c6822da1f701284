import { describe, expect, test } from 'vitest';
import { createKeyRing } from '../../db/key-ring.ts';
import { type ConnectorResult, createMemoryStore } from '../../engine/index.ts';
import { clerk, must, openEngine, scriptedConnector, tenantId } from './engine-under-test.ts';
import { oneJobBody, sampleFlow } from './sample-flow.ts';

const later = '2026-03-02T01:00:00.000Z';
const done: ConnectorResult = { status: 'done', output: { refund: { refundNo: 'R1' } } };
const unavailable: ConnectorResult = { status: 'failed', message: 'unavailable', retryable: true };
const silent: ConnectorResult = { status: 'unknown', message: 'no answer' };

async function play(scripted: ReturnType<typeof scriptedConnector>) {
  const opened = await openEngine(sampleFlow('sample', oneJobBody), { connectors: [scripted.connector] });
  const { caseId } = await opened.startCase();
  await opened.runAll(later);
  return { ...opened, caseId, view: (await opened.see(caseId)).view };
}

describe('a job for a connector', () => {
  test('that is done merges its output and goes on', async () => {
    const { view } = await play(scriptedConnector('idempotent', [done]));
    expect(view).toMatchObject({
      outcome: 'completed',
      completed: { E1_Done: 1 },
      variables: { refund: { refundNo: 'R1' } },
    });
  });

  test('that is refused takes the way of its error', async () => {
    const refused: ConnectorResult = { status: 'error', code: 'refused', message: 'channel refused' };
    const { view } = await play(scriptedConnector('neither', [refused]));
    expect(view.completed).toMatchObject({ E2_Refused: 1 });
  });

  test('that fails is tried again with the same key', async () => {
    const scripted = scriptedConnector('neither', [unavailable, done]);
    const { view } = await play(scripted);
    expect(view.status).toBe('ended');
    expect(scripted.sent).toHaveLength(2);
    expect(new Set(scripted.sent).size).toBe(1);
  });

  test('that keeps failing becomes an incident, and goes on when it is retried', async () => {
    const scripted = scriptedConnector('idempotent', [unavailable, unavailable, done]);
    const { engine, see, runAll, caseId, view } = await play(scripted);
    expect(view.incidents).toMatchObject([{ elementId: 'B1_Refund', code: 'job-failed' }]);
    const incidentId = view.incidents[0]?.incidentId ?? '';
    must(await engine.retryIncident({ tenantId, by: clerk, key: 'retry', caseId, incidentId }));
    await runAll('2026-03-02T02:00:00.000Z');
    expect((await see(caseId)).view).toMatchObject({ status: 'ended', incidents: [] });
  });

  test('that answers what no case can hold is an incident, and is not sent again', async () => {
    const scripted = scriptedConnector('idempotent', [{ status: 'done', output: { text: 'a\0b' } }]);
    const { view } = await play(scripted);
    expect(view.incidents).toMatchObject([{ elementId: 'B1_Refund', code: 'job-failed' }]);
    expect(scripted.sent).toHaveLength(1);
  });

  test('that was done but could not be told is not done again: a person is asked', async () => {
    const scripted = scriptedConnector('neither', [done]);
    const keys = createKeyRing(new Uint8Array(32).fill(7));
    let broken = true;
    const open: typeof keys.open = async (...asked) => {
      if (!broken) return keys.open(...asked);
      broken = false;
      throw new Error('Expected a key, but the ring did not answer');
    };
    const opened = await openEngine(sampleFlow('sample', oneJobBody), {
      connectors: [scripted.connector],
      parts: { keyRing: { ...keys, open } },
    });
    const { caseId } = await opened.startCase();
    await opened.runAll(later);
    expect(scripted.sent).toHaveLength(1);
    expect((await opened.see(caseId)).view.incidents).toMatchObject([{ code: 'job-outcome-unknown' }]);
  });

  test('is left alone by a node that comes to it when its lease may have run out', async () => {
    const scripted = scriptedConnector('neither', [done]);
    const memory = createMemoryStore();
    let passed = 0;
    let slow = true;
    const lease: typeof memory.jobs.lease = async (request) => {
      const jobs = await memory.jobs.lease(request);
      if (jobs.length > 0 && slow) passed += 91_000;
      return jobs;
    };
    const opened = await openEngine(sampleFlow('sample', oneJobBody), {
      stores: { ...memory, jobs: { ...memory.jobs, lease } },
      connectors: [scripted.connector],
      parts: { stopwatch: () => passed },
    });
    await opened.startCase();
    await opened.engine.runDueWork({ limit: 10 });
    expect(scripted.sent).toEqual([]);
    slow = false;
    await opened.engine.runDueWork({ limit: 10 });
    expect(scripted.sent).toHaveLength(1);
  });

  test('of a type nobody serves is an incident', async () => {
    const opened = await openEngine(sampleFlow('sample', oneJobBody));
    const { caseId } = await opened.startCase();
    await opened.runAll(later);
    expect((await opened.see(caseId)).view.incidents).toMatchObject([{ code: 'job-failed' }]);
  });
});

describe('a job whose outcome is unknown', () => {
  test('is sent again with its key when the connector is idempotent', async () => {
    const scripted = scriptedConnector('idempotent', [silent, done]);
    const { view } = await play(scripted);
    expect(view.status).toBe('ended');
    expect(scripted.sent).toHaveLength(2);
    expect(scripted.asked).toEqual([]);
  });

  test('is asked about, and not sent again when it was done', async () => {
    const scripted = scriptedConnector('queryable', [silent], [done]);
    const { view } = await play(scripted);
    expect(view).toMatchObject({ status: 'ended', variables: { refund: { refundNo: 'R1' } } });
    expect(scripted.sent).toHaveLength(1);
  });

  test('is asked about, and sent again when it never arrived', async () => {
    const scripted = scriptedConnector('queryable', [silent, done], [{ status: 'not-received' }]);
    const { view } = await play(scripted);
    expect(view.status).toBe('ended');
    expect(scripted.sent).toHaveLength(2);
  });

  test('stays unknown while the question is not answered, and is never sent again by itself', async () => {
    const scripted = scriptedConnector(
      'queryable',
      [silent],
      [unavailable, unavailable, silent, silent, silent, silent],
    );
    const { view } = await play(scripted);
    expect(scripted.sent).toHaveLength(1);
    expect(view.incidents).toMatchObject([{ code: 'job-outcome-unknown' }]);
  });

  test('is an incident at once when the connector is neither', async () => {
    const scripted = scriptedConnector('neither', [silent]);
    const { view } = await play(scripted);
    expect(scripted.sent).toHaveLength(1);
    expect(view.incidents).toMatchObject([{ elementId: 'B1_Refund', code: 'job-outcome-unknown' }]);
  });

  test('is settled by a person who says what happened', async () => {
    const { engine, see, caseId, view } = await play(scriptedConnector('neither', [silent]));
    const incidentId = view.incidents[0]?.incidentId ?? '';
    const request = { tenantId, by: clerk, caseId, incidentId };
    must(
      await engine.settleJob({ ...request, key: 's', outcome: 'done', output: { refund: { refundNo: 'by hand' } } }),
    );
    expect((await see(caseId)).view).toMatchObject({
      ...{ status: 'ended', incidents: [], variables: { refund: { refundNo: 'by hand' } } },
    });
  });

  test('is settled as refused, and takes the way of its error', async () => {
    const { engine, see, caseId, view } = await play(scriptedConnector('neither', [silent]));
    const incidentId = view.incidents[0]?.incidentId ?? '';
    const request = { tenantId, by: clerk, caseId, incidentId };
    must(await engine.settleJob({ ...request, key: 's', outcome: 'error', errorCode: 'refused', output: {} }));
    expect((await see(caseId)).view.completed).toMatchObject({ E2_Refused: 1 });
  });

  test('is sent again when a person says it never happened', async () => {
    const scripted = scriptedConnector('neither', [silent, done]);
    const { engine, see, runAll, caseId, view } = await play(scripted);
    const incidentId = view.incidents[0]?.incidentId ?? '';
    must(
      await engine.settleJob({ tenantId, by: clerk, caseId, incidentId, key: 's', outcome: 'send-again', output: {} }),
    );
    await runAll('2026-03-02T02:00:00.000Z');
    expect((await see(caseId)).view.status).toBe('ended');
    expect(scripted.sent).toHaveLength(2);
  });
});

/** How the next node comes by what the killed one held: it waits, or it knows that it is alone and takes it back. */
const takeOvers: readonly ('the lease runs out' | 'the next node gives it back')[] = [
  'the lease runs out',
  'the next node gives it back',
];

describe.each(takeOvers)('a delivery cut off by a crash, when %s', (takeOver) => {
  async function crashAfterSending(delivery: 'idempotent' | 'queryable' | 'neither', found = done) {
    const scripted = scriptedConnector(delivery, [done, done], [found]);
    const opened = await openEngine(sampleFlow('sample', oneJobBody), { connectors: [scripted.connector] });
    const { caseId } = await opened.startCase();
    // The process takes the job, sends it, and dies before it can say so.
    const [job] = await opened.stores.jobs.lease({ at: opened.clock.now(), limit: 10, leaseSeconds: 60 });
    if (job?.work.kind !== 'delivery') throw new Error('Expected a delivery');
    const { jobType, headers, input, jobId: key } = job.work.job;
    const now = opened.clock.now();
    await scripted.connector.perform({ tenantId, caseId, key, jobType, attempt: 1, headers, input, now });
    if (takeOver === 'the next node gives it back') await opened.stores.jobs.returnLeases();
    await opened.runAll(takeOver === 'the lease runs out' ? later : now);
    return { ...scripted, view: (await opened.see(caseId)).view };
  }

  test('is repeated with the same key when the connector is idempotent', async () => {
    const { sent, view } = await crashAfterSending('idempotent');
    expect(new Set(sent).size).toBe(1);
    expect(view.status).toBe('ended');
  });

  test('is asked about when the connector is queryable', async () => {
    const { sent, view } = await crashAfterSending('queryable');
    expect(sent).toHaveLength(1);
    expect(view.status).toBe('ended');
  });

  test('is left to a person when the connector is neither', async () => {
    const { sent, view } = await crashAfterSending('neither');
    expect(sent).toHaveLength(1);
    expect(view.incidents).toMatchObject([{ code: 'job-outcome-unknown' }]);
  });
});
