import { beforeEach, describe, expect, it } from 'vitest';
import { createSessions, hashOfSecret } from './create-sessions.server.ts';
import { memoryFailureCounter, memorySessionStore } from './memory-session-store.fixture.ts';
import { hashPassword } from './password.server.ts';
import { createLoginThrottle, throttleLimits } from './throttle.server.ts';

const tenantId = 'hospital';
const aMinute = 60_000;
const passwordHash = await hashPassword('right');

let now: number;
let store: ReturnType<typeof memorySessionStore>;
let sessions: ReturnType<typeof createSessions>;

beforeEach(async () => {
  now = Date.parse('2026-03-02T00:00:00.000Z');
  store = memorySessionStore();
  await store.addAccounts(tenantId, [
    { personId: 'nurse-li', loginName: 'nurse-li', passwordHash, language: 'en', locked: false },
    { personId: 'gone', loginName: 'gone', passwordHash, locked: true },
  ]);
  const throttle = createLoginThrottle(memoryFailureCounter(), () => now);
  sessions = createSessions({ store, throttle, now: () => now });
});

const logIn = (loginName: string, password: string, from = '10.0.0.1') =>
  sessions.logIn({ tenantId, loginName, password, from });

async function open(): Promise<string> {
  const answer = await logIn('nurse-li', 'right');
  if ('code' in answer) throw new Error(answer.code);
  return answer.secret;
}

describe('login', () => {
  it('opens a session for the right password, however the name is typed', async () => {
    expect(await logIn(' Nurse-Li ', 'right')).toMatchObject({ personId: 'nurse-li', language: 'en' });
  });

  it('gives a wrong password, an unknown name and a locked account the same answer', async () => {
    const refusal = { code: 'wrong-credentials' };
    expect(await logIn('nurse-li', 'wrong')).toEqual(refusal);
    expect(await logIn('nobody', 'right')).toEqual(refusal);
    expect(await logIn('gone', 'right')).toEqual(refusal);
  });

  it('gives every login a fresh secret and stores only its hash', async () => {
    const [one, other] = [await open(), await open()];
    expect(one).not.toBe(other);
    expect([...store.sessions.keys()].sort()).toEqual([hashOfSecret(one), hashOfSecret(other)].sort());
  });

  it('refuses even the right password after too many wrong ones, until the block ends', async () => {
    for (let n = 0; n <= throttleLimits.pair.failures; n += 1) await logIn('nurse-li', 'wrong');
    expect(await logIn('nurse-li', 'right')).toMatchObject({ code: 'too-many-attempts' });
    expect(await logIn('nurse-li', 'right', '10.0.0.2')).toMatchObject({ personId: 'nurse-li' });
    now += throttleLimits.pair.blockSeconds * 1000;
    expect(await logIn('nurse-li', 'right')).toMatchObject({ personId: 'nurse-li' });
  });

  it('slows down guessing one name from many addresses', async () => {
    for (let n = 0; n <= throttleLimits.name.failures; n += 1) await logIn('nobody', 'x', `10.1.0.${n}`);
    expect(await logIn('nobody', 'x', '10.2.0.1')).toMatchObject({ code: 'too-many-attempts' });
  });
});

describe('session', () => {
  const find = (secret: string) => sessions.find({ tenantId, secret });

  it('is found by its secret only', async () => {
    const secret = await open();
    expect(await find(secret)).toMatchObject({ personId: 'nurse-li' });
    expect(await find(hashOfSecret(secret))).toBeUndefined();
  });

  it('ends after half an hour without a request', async () => {
    const secret = await open();
    now += 29 * aMinute;
    expect(await find(secret)).toBeDefined();
    now += 29 * aMinute;
    expect(await find(secret)).toBeDefined();
    now += 30 * aMinute;
    expect(await find(secret)).toBeUndefined();
    expect(store.sessions.size).toBe(0);
  });

  it('is not kept alive by what the browser asks by itself', async () => {
    const secret = await open();
    for (let n = 0; n < 6; n += 1) {
      await sessions.peek({ tenantId, secret });
      now += 6 * aMinute;
    }
    expect(await find(secret)).toBeUndefined();
  });

  it('ends after twelve hours however busy', async () => {
    const secret = await open();
    for (let n = 0; n < 12 * 4 - 1; n += 1) {
      now += 15 * aMinute;
      expect(await find(secret)).toBeDefined();
    }
    now += 15 * aMinute;
    expect(await find(secret)).toBeUndefined();
  });

  it('ends at logout', async () => {
    const secret = await open();
    await sessions.logOut({ tenantId, secret });
    expect(await find(secret)).toBeUndefined();
  });
});
