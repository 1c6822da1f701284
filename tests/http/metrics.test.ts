import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ServerProcess, startServer } from '../e2e/server-process.ts';
import { signedIn } from './visitor.ts';

const token = 'a-token-of-the-test';
let open: ServerProcess;
let guarded: ServerProcess;

beforeAll(async () => {
  [open, guarded] = await Promise.all([startServer(), startServer({ METRICS_TOKEN: token, DEMO: 'off' })]);
}, 240_000);
afterAll(async () => {
  await Promise.all([open?.stop(), guarded?.stop()]);
});

const read = (server: ServerProcess, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${server.url}/metrics`, { headers });

/** Values of a figure by its labels, as they are written. */
function valuesOf(body: string, figure: string): ReadonlyMap<string, number> {
  const lines = body
    .split('\n')
    .filter((line) => line === figure || line.startsWith(`${figure}{`) || line.startsWith(`${figure} `));
  return new Map(
    lines.map((line) => {
      const [, labels = '', value] = /^[a-z_]+(\{.*\})? ([^ ]+)$/.exec(line) ?? [];
      return [labels, Number(value)];
    }),
  );
}

describe('who may read the figures', () => {
  test('without a token: a program on this machine that came straight here', async () => {
    expect((await read(open)).status).toBe(200);
    for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'])
      expect((await read(open, { [name]: '127.0.0.1' })).status).toBe(403);
  });

  test('with a token: whoever sends it, and nobody else', async () => {
    expect((await read(guarded)).status).toBe(401);
    expect((await read(guarded, { authorization: 'Bearer another-token' })).status).toBe(401);
    expect((await read(guarded, { authorization: `Basic ${token}` })).status).toBe(401);
    const answer = await read(guarded, { authorization: `Bearer ${token}`, 'x-forwarded-for': '10.0.0.9' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/plain');
  });
});

describe('the figures', () => {
  test('count commands by kind and outcome, commits, jobs, requests and what is under way', async () => {
    const doctor = await signedIn(open.url, 'dr-wang');
    const refused = await doctor.post(
      '/tasks/01900000-0000-7000-8000-00000000aaaa/01900000-0000-7000-8000-00000000aaaa-1',
      {
        intent: 'claim',
        key: 'metrics-1',
      },
    );
    expect(refused.status).toBeGreaterThanOrEqual(400);
    const stop = new AbortController();
    await doctor.ask('/events', { signal: stop.signal });
    expect(valuesOf(await (await read(open)).text(), 'meridian_event_streams').get('')).toBe(1);
    stop.abort();
    const body = await untilPlayed();
    const started = valuesOf(body, 'meridian_command_seconds_count').get('{kind="start",outcome="accepted"}');
    expect(started).toBeGreaterThan(0);
    expect(valuesOf(body, 'meridian_delivery_seconds_count').size).toBeGreaterThan(0);
    expect(valuesOf(body, 'meridian_commit_batch_size_count').get('')).toBeGreaterThan(0);
    expect(valuesOf(body, 'meridian_commit_seconds_count').get('{outcome="committed"}')).toBeGreaterThan(0);
    expect(valuesOf(body, 'meridian_jobs_handled_total').get('{what="leased",kind="delivery"}')).toBeGreaterThan(0);
    expect([...valuesOf(body, 'meridian_request_seconds_count').keys()].join()).toContain('area="tasks"');
    expect(valuesOf(body, 'meridian_database_up').get('')).toBe(1);
    expect(valuesOf(body, 'meridian_database_connections_max').get('')).toBeGreaterThan(0);
    expect(valuesOf(body, 'meridian_queue_jobs').size).toBeGreaterThan(0);
    for (const figure of ['meridian_database_calls', 'nodejs_eventloop_lag_seconds', 'process_resident_memory_bytes'])
      expect(valuesOf(body, figure).size).toBeGreaterThan(0);
  });

  test('hold no id, no name and no address with one', async () => {
    const body = await (await read(open)).text();
    expect(body).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
    expect(body).not.toMatch(/P0000\d\d/);
    expect(body).not.toMatch(/dr-wang|clerk-ma/);
    expect(body).not.toMatch(/\p{Script=Han}/u);
  });
});

/** The figures, once the demonstration's morning has been played far enough. */
async function untilPlayed(): Promise<string> {
  let body = '';
  await expect
    .poll(
      async () => {
        body = await (await read(open)).text();
        return (
          valuesOf(body, 'meridian_delivery_seconds_count').size > 0 && valuesOf(body, 'meridian_queue_jobs').size > 0
        );
      },
      { timeout: 90_000, interval: 500 },
    )
    .toBe(true);
  return body;
}
