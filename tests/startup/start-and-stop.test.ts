import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import postgres from 'postgres';
import { describe, expect, it } from 'vitest';
import { tenantId } from '../engine/engine-under-test.ts';
import { newVisitor, signedIn } from '../http/visitor.ts';
import { startTestDatabase } from '../postgres/test-database.ts';
import { asOwner, type Launched, launch, newDataFolder, ready, serversOf } from './launch.ts';

const anHour = 3_600_000;
const npmStart = ['npm', 'start'] as const;

async function killed(product: Launched): Promise<void> {
  process.kill(product.pid, 'SIGKILL');
  await product.ended;
}

describe('the port', () => {
  it('is the next free one when nobody named one and the default is taken, and that is said', async () => {
    const other = createServer();
    // Somebody else may have it already, which is as good.
    await new Promise<void>((resolve) => {
      other.once('error', () => resolve()).listen(3000, '127.0.0.1', resolve);
    });
    try {
      const product = launch({ DATA_DIR: newDataFolder(), DEMO: 'off' });
      const { port } = new URL(await ready(product));
      expect(Number(port)).toBeGreaterThan(3000);
      expect(product.output()).toContain(`Port 3000 is in use by another program; taking ${port}.`);
      expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).toBe(200);
    } finally {
      other.close();
    }
  });

  it('that was named and is taken is refused by name, and the database is stopped again', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => {
        const address = other.address();
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
    try {
      const dataDir = newDataFolder();
      const product = launch({ PORT: String(port), DATA_DIR: dataDir, DEMO: 'off' });
      expect(await product.ended).toBe(1);
      expect(product.output()).toMatch(new RegExp(`✗ Expected the port ${port} named by setting PORT to be free`));
      expect(serversOf(dataDir)).toEqual([]);
    } finally {
      other.close();
    }
  });
});

describe('without the demonstration', () => {
  it('there is a login page without accounts, and nothing invented', async () => {
    const address = await ready(launch({ DATA_DIR: newDataFolder(), DEMO: 'off' }));
    const page = await newVisitor(address).ask('/login');
    expect(page.status).toBe(200);
    const text = await page.text();
    expect(text).not.toMatch(/meridian-demo|王建国|dr-wang/);
    expect((await fetch(`${address}/health/ready`)).status).toBe(200);
  });
});

/** How the wish to end reaches the product that a person started by `npm start`. */
const endings: readonly (readonly [string, (npm: Launched) => void])[] = [
  ['Ctrl-C at the terminal', ({ pid }) => void process.kill(-pid, 'SIGINT')],
  ['a terminal that is closed', ({ pid }) => void process.kill(-pid, 'SIGHUP')],
  ['SIGTERM to npm alone', ({ pid }) => void process.kill(pid, 'SIGTERM')],
  ['SIGINT to npm alone', ({ pid }) => void process.kill(pid, 'SIGINT')],
];

describe('ending what npm start started', () => {
  it.each(endings)('by %s ends the whole tree, the database too', async (_what, end) => {
    const dataDir = newDataFolder();
    const npm = launch({ DATA_DIR: dataDir, DEMO: 'off' }, { command: npmStart, ownGroup: true });
    const address = await ready(npm);
    expect(serversOf(dataDir).length).toBeGreaterThan(0);
    end(npm);
    await npm.ended;
    await expect(fetch(`${address}/health/live`)).rejects.toThrow();
    expect(serversOf(dataDir)).toEqual([]);
    expect(existsSync(join(dataDir, 'meridian.lock'))).toBe(false);
  });

  it('while it is still starting ends it as cleanly, and the next start works', async () => {
    const dataDir = newDataFolder();
    const npm = launch({ DATA_DIR: dataDir, DEMO: 'off' }, { command: npmStart, ownGroup: true });
    await npm.says('Setting up the database');
    process.kill(-npm.pid, 'SIGINT');
    await npm.ended;
    expect(npm.output()).not.toMatch(/✗|^ {4}at /m);
    expect(serversOf(dataDir)).toEqual([]);
    await ready(launch({ DATA_DIR: dataDir, DEMO: 'off' }));
  });
});

describe('after kill -9', () => {
  it('at any step of the first start, the next start finishes it', async () => {
    const dataDir = newDataFolder();
    const steps = [/Setting up the database/, /Starting the database/, /Preparing the demo/, /Publishing the flow/];
    for (const step of steps) {
      const product = launch({ DATA_DIR: dataDir });
      await product.says(step);
      await killed(product);
    }
    const address = await ready(launch({ DATA_DIR: dataDir }));
    const doctor = await signedIn(address, 'dr-wang');
    expect(await (await doctor.ask('/start')).text()).toMatch(/检查/);
  });

  it('the database that was left running is taken over, and what its node had in hand is due at once', async () => {
    const dataDir = newDataFolder();
    const first = launch({ DATA_DIR: dataDir, DEMO: 'off' });
    await ready(first);
    await asOwner(dataDir, (sql) => plantLease(sql));
    await killed(first);
    const second = launch({ DATA_DIR: dataDir, DEMO: 'off' });
    await ready(second);
    expect(second.output()).toContain('Taking over the database');
    await expect.poll(() => asOwner(dataDir, plantedJobs), { timeout: 30_000 }).toBe(0);
  });

  it('leases on an external database are left to run out: another node may hold them', async () => {
    const database = await startTestDatabase();
    const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
    try {
      await plantLease(owner);
      const dataDir = newDataFolder();
      const product = launch({ DATABASE_URL: database.ownerUrl, DATA_DIR: dataDir });
      await ready(product);
      const jobs = await owner`select lease_token is not null as leased from jobs where job_key = ${jobKey}`;
      expect([...jobs]).toEqual([{ leased: true }]);
    } finally {
      await owner.end();
      await database.close();
    }
  });
});

const jobKey = 'correlate:planted';

/** A job in the hands of a node that is gone; its lease runs out in an hour. */
async function plantLease(sql: postgres.Sql): Promise<void> {
  const work = JSON.stringify({ kind: 'correlate', messageName: 'nobody.waits', correlationKey: '' });
  const until = new Date(Date.now() + anHour).toISOString();
  await sql`
    insert into jobs (tenant_id, job_key, kind, work, due_at, run_at, attempt, outcome_known, lease_token)
    values (${tenantId}, ${jobKey}, 'correlate', ${work}, now(), ${until}::timestamptz, 1, false, gen_random_uuid())`;
}

async function plantedJobs(sql: postgres.Sql): Promise<number> {
  return (await sql`select 1 from jobs where job_key = ${jobKey}`).length;
}
