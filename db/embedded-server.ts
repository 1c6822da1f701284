import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { CannotStart } from './cannot-start.ts';
import { isInUse, lockDataFolder } from './embedded/data-folder-lock.ts';
import { initialise } from './embedded/initialise.ts';
import { choosePlace, type Place } from './embedded/place.ts';
import {
  clearStaleFile,
  isServerOf,
  type Postmaster,
  readPostmaster,
  shutDown,
  waitUntilReady,
} from './embedded/postmaster.ts';
import { type DatabaseSecrets, databaseSecrets } from './embedded/secrets.ts';
import { findServerUser, type ServerUser } from './embedded/system-user.ts';

/** A running embedded PostgreSQL. */
export type EmbeddedServer = {
  /** For migrations: owns the tables. */
  readonly ownerUrl: string;
  /** For the application: neither owner nor superuser. */
  readonly appUrl: string;
  readonly port: number;
  /** Process of the server, for recovery tests. */
  readonly pid: number;
  /** A sentence worth logging (the data lie elsewhere; an orphan was adopted). */
  readonly notice?: string;
  stop(): Promise<void>;
};

/** Steps that take a while, for the progress lines of the first start. */
export type EmbeddedStep = 'initialise' | 'start' | 'adopt' | 'create-database';

const database = 'meridian';
const owner = 'meridian_owner';
const appLogin = 'meridian_app_login';
const startLimitMs = 120_000;

/**
 * Starts the bundled PostgreSQL with its data in `<dataDir>/postgres`, or adopts the one a killed Meridian left running.
 * It runs detached, so that Ctrl-C stops us first and we stop it.
 * Thrown when it does not come up, or another Meridian uses the folder; the message says what to do.
 */
export async function startEmbeddedServer(options: {
  dataDir: string;
  onStep?: (step: EmbeddedStep) => void;
  /** False skips fsync: for tests whose data may be lost with the machine. */
  durable?: boolean;
}): Promise<EmbeddedServer> {
  const { dataDir, onStep, durable = true } = options;
  const user = findServerUser();
  const place = choosePlace(dataDir, user);
  const lock = lockDataFolder(dataDir);
  try {
    const secrets = databaseSecrets(dataDir);
    if (!existsSync(join(place.cluster, 'PG_VERSION'))) {
      onStep?.('initialise');
      await initialise(place, user, { name: owner, password: secrets.owner });
    }
    const running = (await adopt(place, onStep)) ?? (await start(place, user, durable, onStep));
    const { pid, port } = running;
    if (await prepareDatabase(port, secrets)) onStep?.('create-database');
    const stop = async () => {
      await shutDown(pid);
      lock.release();
    };
    const { notice } = place;
    return {
      ownerUrl: urlOf(owner, secrets.owner, port),
      appUrl: urlOf(appLogin, secrets.app, port),
      port,
      pid,
      notice,
      stop,
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * The addresses of the server a running Meridian has on this data folder, for commands that work beside it.
 * Undefined when none runs; then the command may start the server itself.
 */
export function findRunningServer(dataDir: string): Pick<EmbeddedServer, 'ownerUrl' | 'appUrl'> | undefined {
  if (!isInUse(dataDir)) return undefined;
  const { cluster } = choosePlace(dataDir, findServerUser());
  const running = readPostmaster(cluster);
  if (!running?.ready) return undefined;
  const secrets = databaseSecrets(dataDir);
  return {
    ownerUrl: urlOf(owner, secrets.owner, running.port),
    appUrl: urlOf(appLogin, secrets.app, running.port),
  };
}

function urlOf(login: string, password: string, port: number, name = database): string {
  return `postgres://${login}:${password}@127.0.0.1:${port}/${name}`;
}

async function adopt(place: Place, onStep?: (step: EmbeddedStep) => void): Promise<Postmaster | undefined> {
  const orphan = readPostmaster(place.cluster);
  if (!orphan || !isServerOf(orphan.pid, place.cluster)) return undefined;
  onStep?.('adopt');
  return waitUntilReady(place.cluster, () => !isServerOf(orphan.pid, place.cluster), startLimitMs);
}

async function start(
  place: Place,
  user: ServerUser,
  durable: boolean,
  onStep?: (step: EmbeddedStep) => void,
): Promise<Postmaster> {
  onStep?.('start');
  clearStaleFile(place.cluster);
  // A free port may be taken between asking and using it, so a few are tried.
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    const ready = await launch(place, user, durable, await findFreePort());
    if (ready) return ready;
    // Processes of a killed server need a moment to notice, and hold its memory until then.
    await sleep(attempt * 100);
  }
  throw new CannotStart(
    `Expected the database to start, but it did not. The end of its log ${place.log}:\n${endOf(place.log)}`,
  );
}

async function launch(place: Place, user: ServerUser, durable: boolean, port: number): Promise<Postmaster | undefined> {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    // Statements in the log could carry a patient's data.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openSync(place.log, 'a');
  let gone = false;
  const child = spawn(place.programs.postgres, ['-D', place.cluster, '-p', String(port), ...flags], {
    ...user,
    cwd: place.cluster,
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, LC_ALL: 'C' },
  });
  const onGone = () => {
    gone = true;
  };
  child.once('exit', onGone).once('error', onGone).unref();
  closeSync(log);
  return waitUntilReady(place.cluster, () => gone, startLimitMs);
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('No free port')),
      );
    });
  });
}

function endOf(log: string): string {
  return existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(-12).join('\n') : '(no log)';
}

/** Makes the database and the application's login when missing; true when it made the database. */
async function prepareDatabase(port: number, secrets: DatabaseSecrets): Promise<boolean> {
  const sql = postgres(urlOf(owner, secrets.owner, port, 'postgres'), { max: 1, onnotice: () => {} });
  try {
    const [known] = await sql`select 1 from pg_database where datname = ${database}`;
    await sql.unsafe(`
      do $$ begin create role meridian_app nologin; exception when duplicate_object then null; end $$;
      do $$ begin create role ${appLogin} login inherit in role meridian_app; exception when duplicate_object then null; end $$;
      alter role ${appLogin} password '${secrets.app}';
    `);
    if (!known) await sql.unsafe(`create database ${database}`);
    return !known;
  } finally {
    await sql.end();
  }
}
