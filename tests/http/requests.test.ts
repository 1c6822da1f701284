import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { areas } from '../../app/security/areas.ts';
import { isPublicPath } from '../../app/security/public-paths.ts';
import { type ServerProcess, startServer } from '../e2e/server-process.ts';
import { newVisitor, signedIn, type Visitor } from './visitor.ts';

let server: ServerProcess;
let doctor: Visitor;
let clerk: Visitor;
let nurse: Visitor;

beforeAll(async () => {
  server = await startServer();
  [doctor, clerk, nurse] = await Promise.all([
    signedIn(server.url, 'dr-wang'),
    signedIn(server.url, 'clerk-ma'),
    signedIn(server.url, 'sw-peng'),
  ]);
}, 120_000);
afterAll(() => server?.stop());

const someId = '01900000-0000-7000-8000-000000000002';
const folder = fileURLToPath(new URL('../../app/routes', import.meta.url));

/** Addresses of every route file, with a value for each parameter. */
const paths = readdirSync(folder)
  .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'))
  .map((file) => {
    const parts = file
      .replace(/\.tsx?$/, '')
      .replaceAll('[.]', '\0')
      .split('.');
    const steps = parts.map((part) =>
      part
        .replaceAll('\0', '.')
        .replace(/_$/, '')
        .replace(/^\((.*)\)$/, '$1'),
    );
    return `/${steps
      .filter((part) => part !== '_index')
      .map((part) => (part.startsWith('$') ? someId : part))
      .join('/')}`;
  });
const closed = paths.filter((path) => !isPublicPath(path));

describe('a visitor who has not logged in', () => {
  it.each(closed)('is led from %s to the login page, whatever is asked', async (path) => {
    const visitor = newVisitor(server.url);
    const page = await visitor.ask(path);
    expect([page.status, page.headers.get('location')]).toEqual([302, expect.stringMatching(/^\/login(\?|$)/)]);
    const data = await visitor.ask(`${path === '/' ? '/_root' : path}.data`);
    expect(data.status).toBe(202);
    expect(await data.text()).toMatch(/redirect.*\/login/);
    const sent = await visitor.post(path, { intent: 'claim' });
    expect([sent.status, sent.headers.get('location')]).toEqual([302, expect.stringMatching(/^\/login/)]);
  });

  it('hears nothing of what changes', async () => {
    expect((await newVisitor(server.url).ask('/events')).status).toBe(401);
  });
});

describe('somebody without the role', () => {
  const guarded = closed.filter((path) => {
    const area = areas.find((one) => path === one.path || path.startsWith(`${one.path}/`));
    return area !== undefined && area.roles !== 'everybody';
  });
  it.each(guarded)('is refused at %s by page, by data and by form', async (path) => {
    // The editor's steps are only sent, never looked at.
    if (!path.endsWith('/draft')) {
      expect((await nurse.ask(path)).status).toBe(403);
      expect((await nurse.ask(`${path}.data`)).status).toBe(403);
    }
    expect((await nurse.post(path, { intent: 'x' })).status).toBeOneOf([403, 405]);
  });
});

const order = {
  examItems: [{ code: 'CT-CHEST', method: 'plain', qty: 1 }],
  diagnosis: ['J18.9'],
  clinicalSummary: '发热咳嗽五天，右下肺闻及湿啰音。',
  purpose: '明确病变性质',
  priority: 'routine',
};
const start = '/start/charge-then-exam/charge-then-exam';
let key = 0;
const newKey = () => {
  key += 1;
  return `request-${key}`;
};
const begin = (data: unknown, more: Readonly<Record<string, string>> = {}) =>
  doctor.post(start, {
    key: newKey(),
    patientId: 'P000001',
    data: typeof data === 'string' ? data : JSON.stringify(data),
    ...more,
  });

/** Number of cases a doctor is shown on the first page, as a sign that none was added. */
const cases = async () =>
  new Set((await (await doctor.ask('/cases?patient=P000001')).text()).match(/\/cases\/[0-9a-f-]{36}/g));

async function newCase(): Promise<{ readonly caseId: string; readonly task: string }> {
  const location = (await begin(order)).headers.get('location') ?? '';
  const caseId = /[0-9a-f-]{36}/.exec(location)?.[0] ?? '';
  // The order is priced by a connector first; then the task is offered to the clerks.
  for (let tries = 0; tries < 80; tries += 1) {
    const page = await (await clerk.ask(`/cases/${caseId}`)).text();
    const task = new RegExp(`/tasks/${caseId}/[^"\\\\]+`).exec(page)?.[0];
    if (task) return { caseId, task };
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('Expected the case to reach the clerks, but it did not');
}

describe('a form somebody sends', () => {
  it.each([
    ['a text where a list belongs', { ...order, examItems: 'CT' }, /examItems/],
    ['a number where a text belongs', { ...order, clinicalSummary: 7 }, /clinicalSummary/],
    ['a field the form has not', { ...order, tenantId: 'x' }, /tenantId/],
    ['a choice that is none', { ...order, priority: 'root' }, /priority/],
    ['a number beyond all measure', JSON.stringify(order).replace('"qty":1', '"qty":1e400'), /qty|JSON|json/],
    ['a large number', { ...order, examItems: [{ ...order.examItems[0], qty: 1e300 }] }, /qty/],
    ['NUL in a text', { ...order, purpose: 'a\0b' }, /json\.text|purpose/],
    ['half a surrogate pair', JSON.stringify(order).replace('明确', '\\ud800'), /json\.text|purpose/],
    ['a prototype', JSON.stringify(order).replace('{', '{"__proto__":{"admin":true},'), /json\.key|__proto__/],
    ['no object', '[]', /json/],
    ['no JSON', '{', /json/],
    ['nothing', '', /json|data/],
    ['no bottom', `{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`, /json/],
  ])('is refused and named, and starts nothing: %s', async (_what, data, named) => {
    const before = await cases();
    const body = { key: newKey(), patientId: 'P000001', data: typeof data === 'string' ? data : JSON.stringify(data) };
    const refused = await doctor.post(`${start}.data`, body);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toMatch(named);
    expect(await cases()).toEqual(before);
  });

  it('starts a case once, however often it is sent; other content under its key is refused', async () => {
    const sent = { key: newKey() };
    const [one, again] = [await begin(order, sent), await begin(order, sent)];
    expect(again.headers.get('location')).toBe(one.headers.get('location'));
    expect((await begin({ ...order, priority: 'emergency' }, sent)).status).toBe(409);
  });
});

/** A number of a page's data, which come as one flat list in which objects name the places of their keys and values. */
function numberIn(data: string, name: string): number | undefined {
  const flat = z.array(z.unknown()).parse(JSON.parse(data.split('\n')[0] ?? ''));
  const key = `_${flat.indexOf(name)}`;
  const places = flat.flatMap((one) => z.record(z.string(), z.number()).safeParse(one).data?.[key] ?? []);
  return z
    .number()
    .optional()
    .parse(places.map((place) => flat[place]).find((value) => typeof value === 'number'));
}

describe('a task', () => {
  it('is refused to somebody not eligible by list, by link and by form alike', async () => {
    const { caseId, task } = await newCase();
    expect(await (await nurse.ask('/inbox?view=groups')).text()).not.toContain(caseId);
    expect((await nurse.ask(task)).status).toBe(403);
    expect((await nurse.ask(`${task}.data`)).status).toBe(403);
    for (const intent of ['claim', 'complete'])
      expect((await nurse.post(task, { key: newKey(), intent, data: '{}' })).status).toBe(403);
    expect((await clerk.ask(task)).status).toBe(200);
  });

  it('is completed once; the second person is told by whom', async () => {
    const { task } = await newCase();
    const other = await signedIn(server.url, 'clerk-zhu');
    const amount = numberIn(await (await clerk.ask(`${task}.data`)).text(), 'amountDue');
    const data = JSON.stringify({
      payerType: 'insurance',
      certType: '01',
      payments: [{ channel: 'wechat', amount }],
      invoiceKind: 'electronic',
    });
    const wrong = await clerk.post(`${task}.data`, { key: newKey(), data: data.replace('"wechat"', '7') });
    expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining('channel')]);
    expect((await clerk.post(task, { key: newKey(), intent: 'claim' })).status).toBe(302);
    const blocked = await other.post(`${task}.data`, { key: newKey(), data });
    expect([blocked.status, await blocked.text()]).toEqual([403, expect.stringContaining('马丽')]);
    const sent = { key: newKey(), data };
    expect((await clerk.post(task, sent)).status).toBe(302);
    expect((await clerk.post(task, sent)).status).toBe(302);
    expect((await clerk.post(task, { key: newKey(), data })).status).toBe(409);
    const late = await other.post(`${task}.data`, { key: newKey(), data });
    expect([late.status, await late.text()]).toEqual([409, expect.stringContaining('马丽')]);
  });
});

describe('a request that changes something', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  it.each([
    ['no token', form, 'search=x', 403],
    ['a wrong token', form, 'csrf=x&search=x', 403],
    ['another origin', { ...form, origin: 'http://evil.invalid' }, 'TOKEN', 403],
    ['no origin to speak of', { ...form, origin: 'null' }, 'TOKEN', 403],
    ['a page of another site', { ...form, 'sec-fetch-site': 'cross-site' }, 'TOKEN', 403],
    ['plain text', { 'content-type': 'text/plain' }, 'TOKEN', 415],
  ])('is refused with %s', async (_what, headers, body, status) => {
    const sent = body === 'TOKEN' ? `csrf=${await doctor.token()}&search=x` : body;
    expect((await doctor.ask('/inbox', { method: 'POST', headers, body: sent })).status).toBe(status);
  });

  it('is refused with the token of another session', async () => {
    const answer = await doctor.post('/inbox', { csrf: await clerk.token(), search: 'x' });
    expect(answer.status).toBe(403);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('is no way in by %s', async (method) => {
    expect((await doctor.ask('/inbox', { method })).status).toBeGreaterThanOrEqual(400);
    const disguised = { 'x-http-method-override': method };
    expect((await doctor.ask('/logout', { headers: disguised })).status).toBe(302);
    expect((await doctor.ask('/inbox')).status).toBe(200);
  });
});

describe('a session', () => {
  it('is new at every login and over after logout', async () => {
    const visitor = newVisitor(server.url);
    await visitor.ask('/login');
    const before = visitor.cookies();
    await visitor.post('/login', { loginName: 'hn-guo', password: 'meridian-demo' });
    const session = visitor.cookies();
    expect(session).not.toBe(before);
    expect((await visitor.ask('/inbox')).status).toBe(200);
    expect((await visitor.post('/logout', {})).headers.get('location')).toBe('/login');
    expect((await visitor.ask('/inbox', { headers: { cookie: session } })).status).toBe(302);
  });

  it('cannot be chosen by the visitor', async () => {
    const chosen = `meridian_session=${encodeURIComponent(Buffer.from(JSON.stringify('x'.repeat(43))).toString('base64'))}`;
    const answer = await fetch(`${server.url}/inbox`, { headers: { cookie: chosen }, redirect: 'manual' });
    expect(answer.status).toBe(302);
  });

  it('lives in a cookie scripts and other sites cannot use', async () => {
    const visitor = newVisitor(server.url);
    const answer = await visitor.post('/login', { loginName: 'hn-guo', password: 'meridian-demo' });
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('meridian_session='));
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect(cookie).toMatch(/Path=\//);
  });

  it('is refused alike for a wrong password and an unknown name, and at last not even tried', async () => {
    const tried = async (loginName: string) => {
      const visitor = newVisitor(server.url);
      const answers = [];
      for (let attempt = 0; attempt < 8; attempt += 1) {
        const answer = await visitor.post('/login', { loginName, password: `wrong-${attempt}` });
        const shown = /role="alert"[\s\S]{0,600}/
          .exec(await answer.text())?.[0]
          .replace(/<[^>]*>/g, '')
          .slice(0, 60);
        answers.push([answer.status, shown]);
      }
      return answers;
    };
    const known = await tried('mo-zeng');
    expect(known).toEqual(await tried('nobody-here'));
    expect(known.map(([status]) => status)).toEqual([401, 401, 401, 401, 401, 401, 429, 429]);
  });

  it.each(['//evil.invalid', '/\\evil.invalid', 'https://evil.invalid', '/%09/evil.invalid', 'javascript:alert(1)'])(
    'leads nowhere else after login: %s',
    async (next) => {
      const visitor = newVisitor(server.url);
      const fields = { loginName: 'hn-guo', password: 'meridian-demo' };
      const answer = await visitor.post(`/login?next=${encodeURIComponent(next)}`, fields);
      const target = new URL(answer.headers.get('location') ?? '', server.url);
      expect([answer.status, target.origin]).toEqual([302, new URL(server.url).origin]);
    },
  );
});

describe('every answer', () => {
  const headers = {
    'content-security-policy': expect.not.stringMatching(/unsafe-eval|script-src[^;]*unsafe-inline/),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
  };
  it.each(['/login', '/inbox', '/nowhere', '/cases/x', '/favicon.svg', '/assets/nothing.js', '/theme.css', '/%'])(
    'carries the security headers: %s',
    async (path) => {
      const answer = await doctor.ask(path);
      expect(Object.fromEntries(answer.headers)).toMatchObject(headers);
      expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(answer.headers.has('x-powered-by')).toBe(false);
      expect(answer.status).toBeLessThan(500);
    },
  );

  it.each([
    '/assets/../../server/index.js',
    '/assets/..%2f..%2fserver%2findex.js',
    '/..%2f..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/assets/%00',
    '/.meridian-built',
  ])('holds no file from outside the browser’s: %s', async (path) => {
    const answer = await newVisitor(server.url).ask(path);
    expect(answer.status).toBeOneOf([302, 400, 403, 404]);
    expect(await answer.text()).not.toMatch(/createRequestHandler|"dependencies"/);
  });

  it.each(['/login', '/inbox', '/cases'])('to HEAD is that to GET without its body: %s', async (path) => {
    const [head, get] = [await doctor.ask(path, { method: 'HEAD' }), await doctor.ask(path)];
    expect([head.status, await head.text()]).toEqual([get.status, '']);
  });

  it.each([
    '/cases/x',
    '/tasks/x/y',
    `/cases/${someId}`,
    `/tasks/${someId}/%00`,
    `/audit/${someId}`,
    '/lookup/x',
    '/flows/x',
  ])('to an address that names nothing is a plain one: %s', async (path) => {
    expect((await doctor.ask(path)).status).toBeOneOf([403, 404]);
  });
});

it('an address that knows no such method is no failure of the product', () => {
  expect(server.output()).not.toContain('unexpected failure');
});

it('the log holds no name, no patient and no address of a case', () => {
  const printed = server.output();
  expect(printed).not.toMatch(/P0000\d\d|王建国|发热咳嗽|\/cases\/|\/tasks\//);
});
