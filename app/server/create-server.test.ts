import type { AddressInfo } from 'node:net';
import type { ActionFunctionArgs, LoaderFunctionArgs, ServerBuild } from '@remix-run/node';
import { createCookie } from '@remix-run/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loader as signinRequired } from '../routes/signin-required.ts';
import { csrfTokenFor, newSecret } from '../security/csrf.ts';
import { createServer } from './create-server.ts';
import { bodyLimit } from './read-body.ts';
import { aPerson, fakeServices } from './services.fixture.ts';

const secret = newSecret();
/** Of a session that nobody can look up. */
const lost = newSecret();
const person = aPerson(['nurse']);
const failure = new Error('planted: patient 张伟 P000001');
/** As the driver and drizzle say that the database is away. */
const failedQuery = new Error('Failed query: P000001', {
  cause: Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
});

/** Pages of a very small product, so that what is tested is what stands in front of every page. */
const build: ServerBuild = {
  mode: 'production',
  isSpaMode: false,
  publicPath: '/',
  assetsBuildDirectory: '',
  basename: '/',
  assets: { entry: { imports: [], module: '' }, routes: {}, url: '', version: '1' },
  future: {
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_throwAbortReason: true,
    v3_singleFetch: true,
    v3_lazyRouteDiscovery: true,
  },
  entry: {
    module: {
      default: (_request, status, headers, remix) => {
        const errors = Object.values(remix.staticHandlerContext.errors ?? {});
        return new Response(JSON.stringify(errors.map((error) => error?.data ?? 'failed')), { status, headers });
      },
      handleError: () => {},
    },
  },
  routes: {
    root: page('root', ''),
    inbox: page('inbox', 'inbox', {
      loader: ({ context }: LoaderFunctionArgs) => ({ who: context.person?.id }),
      action: async ({ request }: ActionFunctionArgs) => ({ said: (await request.formData()).get('said') }),
    }),
    login: page('login', 'login', { loader: () => null, action: () => ({ done: true }) }),
    away: page('away', 'away', {
      loader: () => Promise.reject(failedQuery),
      action: () => Promise.reject(failedQuery),
    }),
    broken: page('broken', 'broken', {
      loader: () => {
        throw failure;
      },
    }),
    signin: page('signin', 'signin-required', { loader: signinRequired }),
    refused: page('refused', 'refused', {
      action: ({ context }: ActionFunctionArgs) => {
        throw Response.json(context.refusal, { status: context.refusal?.status ?? 404 });
      },
    }),
  },
};

function page(id: string, path: string, module: object = {}) {
  const parentId = id === 'root' ? undefined : 'root';
  return { id, parentId, path, module: { default: () => null, ...module } };
}

const lines: string[] = [];
const services = fakeServices({ sessions: { [secret]: person }, lines });
const server = createServer({
  services: {
    ...services,
    sessions: {
      ...services.sessions,
      find: (request) => (request.secret === lost ? Promise.reject(failedQuery) : services.sessions.find(request)),
    },
  },
  build: async () => build,
  clientFiles: '/nonexistent',
  trustedProxies: 0,
}).listen(0, '127.0.0.1');
let base: string;
let cookie: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => (server.listening ? resolve() : server.once('listening', () => resolve())));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  cookie = (await createCookie('meridian_session').serialize(secret)).split(';')[0] ?? '';
});
afterAll(() => server.close());

type Asked = { method?: string; headers?: Record<string, string>; body?: string };

const ask = (path: string, { method = 'GET', headers = {}, body }: Asked = {}) =>
  fetch(`${base}${path}`, { method, headers, body, redirect: 'manual' });

const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', cookie, ...headers },
    body: new URLSearchParams(fields).toString(),
  });

describe('security headers', () => {
  it('allow scripts by nonce only, a new one in every answer', async () => {
    const [one, other] = await Promise.all([ask('/login'), ask('/login')]);
    const policy = one.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]+'(;|$)/);
    expect(policy).not.toMatch(/unsafe-eval/);
    expect(policy.split(';').find((part) => part.startsWith('script-src'))).not.toMatch(/unsafe/);
    expect(policy).toMatch(/frame-ancestors 'none'/);
    expect(policy).not.toBe(other.headers.get('content-security-policy'));
  });

  it('keep pages out of caches and types from being guessed', async () => {
    const answer = await ask('/login');
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('x-powered-by')).toBeNull();
  });
});

describe('visitors', () => {
  it('are led to the login page from every page, with the way back', async () => {
    const answer = await ask('/cases/1?seq=2');
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('/login?next=%2Fcases%2F1%3Fseq%3D2');
  });

  it('get no data either', async () => {
    const answer = await ask('/inbox.data');
    const body = await answer.text();
    expect(answer.status).toBe(202);
    expect(body).toContain('/login');
    expect(body).not.toContain(person.id);
  });

  it('get a cookie no script can read', async () => {
    const given = (await ask('/login')).headers.get('set-cookie') ?? '';
    expect(given).toMatch(/meridian_visitor=.*HttpOnly.*SameSite=Lax/);
  });

  it('hear nothing of what happens', async () => {
    expect((await ask('/events')).status).toBe(401);
  });

  it('are known again by their session', async () => {
    expect((await ask('/inbox', { headers: { cookie } })).status).toBe(200);
    expect((await ask('/inbox', { headers: { cookie: 'meridian_session=ImZvcmdlZCI%3D' } })).status).toBe(302);
  });
});

describe('posts', () => {
  const token = csrfTokenFor(secret);

  it('with the token of their own cookie come through with their fields', async () => {
    const answer = await post('/inbox.data', { csrf: token, said: 'x' });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('"said"');
  });

  it.each([
    ['no token', {}, {}],
    ['the token of another cookie', { csrf: csrfTokenFor(newSecret()) }, {}],
    ['a foreign origin', { csrf: token }, { origin: 'http://evil.example' }],
    ['a foreign page', { csrf: token }, { 'sec-fetch-site': 'cross-site' }],
  ])('with %s are refused with 403', async (_what, fields, headers) => {
    expect((await post('/inbox', fields, headers)).status).toBe(403);
    expect((await post('/inbox.data', fields, headers)).status).toBe(403);
    expect((await post('/login', fields, { ...headers, cookie: '' })).status).toBe(403);
  });

  it('of unknown types are refused with 415', async () => {
    const headers = { 'content-type': 'text/plain', cookie };
    expect((await ask('/inbox', { method: 'POST', headers, body: 'csrf=x' })).status).toBe(415);
  });

  it('larger than the limit are refused with 413', async () => {
    expect((await post('/inbox', { csrf: token, said: 'x'.repeat(bodyLimit) })).status).toBe(413);
  });

  it('larger than the limit without saying so are refused with 413 as well', async () => {
    const body = new ReadableStream<Uint8Array>({
      start(stream) {
        for (let sent = 0; sent < 10; sent += 1) stream.enqueue(Buffer.alloc(bodyLimit / 4, 'x'));
        stream.close();
      },
    });
    const answer = await fetch(`${base}/inbox`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie },
      body,
      duplex: 'half',
    });
    expect(answer.status).toBe(413);
  });

  it('that cannot be read are refused with 400', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=b', cookie };
    expect((await ask('/inbox', { method: 'POST', headers, body: 'no parts' })).status).toBe(400);
  });

  it.each(['PUT', 'DELETE', 'PATCH'])('by %s need the token as well', async (method) => {
    const headers = { 'content-type': 'application/json', cookie };
    expect((await ask('/inbox', { method, headers, body: '{}' })).status).toBe(403);
  });
});

describe('while the database is away', () => {
  it('a page says so and when to come again', async () => {
    const answer = await ask('/away', { headers: { cookie } });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '3']);
    expect(await answer.text()).toContain('errors:away.read');
  });

  it('a command says that nobody knows whether it was saved, also to a page that asks by script', async () => {
    const answer = await post('/away', { csrf: csrfTokenFor(secret) });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '3']);
    expect(await answer.text()).toContain('rejections:unavailable');
    const asked = await post('/away.data', { csrf: csrfTokenFor(secret) });
    expect([asked.status, asked.headers.get('retry-after')]).toEqual([503, '3']);
  });

  it('a visitor nobody can tell is sent away for the moment, not to the login page', async () => {
    const forgetful = await createCookie('meridian_session').serialize(lost);
    const answer = await ask('/inbox', { headers: { cookie: forgetful.split(';')[0] ?? '' } });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '3']);
    const [called = ''] = answer.headers.get('x-request-id')?.split('-') ?? [];
    expect(called).toMatch(/^[0-9a-f]{8}$/);
    expect(await answer.text()).toMatch(new RegExp(`系统暂时连不上数据库[\\s\\S]*Reference[\\s\\S]*${called}`));
  });

  it('each line of the log names the request it is about, as its answer does', async () => {
    const before = lines.length;
    const [first, second] = await Promise.all([1, 2].map(() => ask('/away', { headers: { cookie } })));
    const logged = lines.slice(before).map((line) => JSON.parse(line).request);
    expect(logged.sort()).toEqual([first, second].map((answer) => answer?.headers.get('x-request-id')).sort());
  });

  it('the log has the cause and no patient', () => {
    expect(lines.join('')).toContain('ECONNREFUSED');
    expect(lines.join('')).not.toContain('P000001');
  });
});

describe('failures', () => {
  it('show neither cause nor patient', async () => {
    const answer = await ask('/broken', { headers: { cookie } });
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toMatch(/张伟|P000001|create-server/);
  });
});

describe('health', () => {
  it('answers without a session', async () => {
    expect(await (await ask('/health/live')).json()).toEqual({ status: 'live' });
    expect((await ask('/health/ready')).status).toBe(200);
  });
});
