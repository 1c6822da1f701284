import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { type Database, openDatabase } from '../../../db/connect.ts';
import { type EmbeddedServer, startEmbeddedServer } from '../../../db/embedded-server.ts';
import { migrateDatabase } from '../../../db/migrate.ts';
import { createPostgresStores } from '../../../db/stores.ts';
import type { Bench } from '../bench.ts';
import { median } from '../engine/measure.ts';
import { createFloor, FLOOR_BATCH, floorBatchPlayer, floorPlayer } from './floor.ts';
import { type Figures, keepComing, type Player, pressOn } from './load.ts';
import { plainPlayer } from './plain.ts';
import { analyzeWards, copyWard, Ledger, openCases, readTexts, type Texts } from './rows.ts';
import {
  completeNext,
  openWard,
  probeNumbers,
  startWardCase,
  startWardCases,
  type TaskNumbers,
  type WardCase,
  ward,
} from './ward.ts';

/** What is wanted; the README beside says why. */
export const WANTED = { ofFloor: 0.6, ofBatchedFloor: 0.35, timesPlain: 8, tail: 10 } as const;

/** `npm run bench -- storage`. */
export const storageBench: Bench = {
  about: 'completions a second from command to commit, beside the bare rows and a plain implementation',
  rounds: 5,
  async run({ rounds, seconds = 3 }, tell) {
    tell(printLine(columns));
    const result = await benchStorage({ seconds, rounds }, tell);
    for (const line of ratioLines(result)) tell(line);
    return { result, shortcomings: shortcomingsOf(result) };
  },
};

/** Connections to the database each contender is measured at. */
export const CONNECTIONS = [1, 8, 32] as const;

/** Where the ratios are taken. */
const JUDGED = 8;

/** Share of its peak at which Meridian's tail is judged. */
const STEADY = 0.7;

/** Meridian's turns: callers for each connection, and whether another node has begun the cases, so that each is read. */
const MERIDIAN = {
  Meridian: { callers: 1, reads: false },
  'Meridian, reading': { callers: 1, reads: true },
  'Meridian, 24 callers each': { callers: 24, reads: false },
  'Meridian, 64 callers each': { callers: FLOOR_BATCH, reads: false },
} as const;
type Meridian = keyof typeof MERIDIAN;

/** The turns among which Meridian's peak is: how many callers it takes depends on the machine. */
const MANY_CALLERS = ['Meridian, 24 callers each', 'Meridian, 64 callers each'] as const;

/** The contenders, in the order of their turns. */
export const CONTENDERS = [
  ...(['floor', 'floor, batched', 'Meridian', 'Meridian, reading'] as const),
  ...MANY_CALLERS,
  'plain drizzle',
] as const;
type Contender = (typeof CONTENDERS)[number];

/** One line of the table. */
export type Measured = Figures & {
  readonly contender: Contender;
  readonly connections: number;
  readonly callers: number;
};

/** Everything one run found. `steady` is Meridian at 70 % of its peak, in the round in the middle by its tail; `gathered` is that peak over the floor: what gathering brings. */
export type StorageResult = {
  readonly table: readonly Measured[];
  readonly steady: Figures;
  readonly ratios: Ratios;
  readonly gathered: number;
};

/** What is judged. */
export type Ratios = {
  readonly ofFloor: number;
  readonly ofBatchedFloor: number;
  readonly timesPlain: number;
  readonly tail: number;
};

function isMeridian(contender: Contender): contender is Meridian {
  return Object.hasOwn(MERIDIAN, contender);
}

function callersOf(contender: Contender, connections: number): number {
  return isMeridian(contender) ? connections * MERIDIAN[contender].callers : connections;
}

/** Cases there are: one for each caller, or several. */
const CASES = FLOOR_BATCH * Math.max(...CONNECTIONS);

/** Measures on an embedded server of its own with default durability. `tell` gets each line as it comes. */
export async function benchStorage(
  { seconds, rounds }: { seconds: number; rounds: number },
  tell: (line: string) => void,
): Promise<StorageResult> {
  const dataDir = mkdtempSync(join(tmpdir(), 'meridian-bench-'));
  // The server's user must enter it.
  chmodSync(dataDir, 0o755);
  const server = await startEmbeddedServer({ dataDir });
  const owner = postgres(server.ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await migrateDatabase(server.ownerUrl);
    await createFloor(owner);
    const ground: Ground = { server, owner, seconds, ...(await prepare(server, owner)) };
    const { table, judged, steadies } = await measureAll(ground, rounds, tell);
    const steady = middleOf(steadies, tailOf);
    const peak = peakOf(judged);
    const gathered = ratioOf(judged, peak, 'floor');
    return { table, steady, ratios: ratiosOf(judged, peak, steady), gathered };
  } finally {
    await owner.end();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** What every measurement stands on. */
type Ground = {
  readonly server: EmbeddedServer;
  readonly owner: postgres.Sql;
  readonly seconds: number;
  readonly texts: Texts;
  readonly numbers: TaskNumbers;
};

/** Starts the cases the others' are copied from, and plays one of them on, to see how its tasks are numbered and what a completion writes. */
async function prepare(server: EmbeddedServer, owner: postgres.Sql): Promise<Pick<Ground, 'texts' | 'numbers'>> {
  return withDatabase({ url: server.appUrl }, async (database) => {
    const engine = await openWard(createPostgresStores(database));
    const probe = await startWardCase(engine, 0);
    const numbers = await probeNumbers(engine, owner, probe);
    const texts = await readTexts(owner, probe);
    await startWardCases(engine, CASES);
    return { texts, numbers };
  });
}

async function withDatabase<T>(
  options: Parameters<typeof openDatabase>[0],
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const database = openDatabase(options);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** What each contender did, round by round. */
type Rounds = ReadonlyMap<Contender, readonly Figures[]>;

/** One round where nothing is judged, all of them where the ratios are taken. */
async function measureAll(
  ground: Ground,
  rounds: number,
  tell: (line: string) => void,
): Promise<{ table: Measured[]; judged: Rounds; steadies: Figures[] }> {
  const table: Measured[] = [];
  const steadies: Figures[] = [];
  let judged: Rounds = new Map();
  for (const connections of CONNECTIONS) {
    const isJudged = connections === JUDGED;
    const afterRound = async (runs: Rounds) => {
      if (isJudged) steadies.push(await measureSteady(ground, runs));
    };
    const runs = await playRounds(ground, connections, isJudged ? rounds : 1, afterRound);
    if (isJudged) judged = runs;
    for (const [contender, figures] of runs) {
      const callers = callersOf(contender, connections);
      table.push({ contender, connections, callers, ...middleOf(figures, rateOf) });
      tell(lineOf(table.at(-1)));
    }
  }
  return { table, judged, steadies };
}

/** In turns, so that whatever else the machine does falls on all alike. */
async function playRounds(
  ground: Ground,
  connections: number,
  rounds: number,
  afterRound: (runs: Rounds) => Promise<void>,
): Promise<Rounds> {
  const runs = new Map<Contender, Figures[]>(CONTENDERS.map((contender) => [contender, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of CONTENDERS) runs.get(contender)?.push(await measure(ground, contender, connections));
    await afterRound(runs);
  }
  return runs;
}

const rateOf = ({ perSecond }: Figures) => perSecond;
const tailOf = ({ p50, p99 }: Figures) => p99 / p50;

/** The round in the middle by what is asked of it. */
function middleOf(figures: readonly Figures[], by: (figures: Figures) => number): Figures {
  const middle = [...figures].sort((a, b) => by(a) - by(b))[Math.floor(figures.length / 2)];
  if (!middle) throw new Error('Expected a round, but there is none');
  return middle;
}

async function measure(ground: Ground, contender: Contender, connections: number): Promise<Figures> {
  const callers = callersOf(contender, connections);
  return withPlayer(ground, contender, connections, async (player) => {
    await pressOn(player, callers, ground.seconds / 2);
    return pressOn(player, callers, ground.seconds);
  });
}

/** Meridian at 70 % of its peak as far as it is known, calls coming at a steady rate. */
async function measureSteady(ground: Ground, runs: Rounds): Promise<Figures> {
  const contender = peakOf(runs);
  const callers = callersOf(contender, JUDGED);
  const perSecond = middleRate(runs, contender) * STEADY;
  return withPlayer(ground, contender, JUDGED, async (player) => {
    await keepComing(player, { perSecond, callers, seconds: ground.seconds / 2 });
    return keepComing(player, { perSecond, callers, seconds: ground.seconds * 2 });
  });
}

async function withPlayer(
  ground: Ground,
  contender: Contender,
  connections: number,
  work: (player: Player) => Promise<Figures>,
): Promise<Figures> {
  // The floor owns its tables: nothing is checked for it.
  const url = contender.startsWith('floor') ? ground.server.ownerUrl : ground.server.appUrl;
  return withDatabase({ url, maxConnections: connections }, async (database) => {
    const player = await playerOf(ground, contender, database, callersOf(contender, connections));
    await analyzeWards(ground.owner);
    // What was done before must not fall on this one.
    await ground.owner`checkpoint`;
    return work(player);
  });
}

/** Every turn is played in a hospital of its own, whose cases have only begun: a ward grows slower with what has been done in it. */
async function playerOf(ground: Ground, contender: Contender, database: Database, callers: number): Promise<Player> {
  const { owner, texts } = ground;
  if (isMeridian(contender)) return meridianPlayer(ground, { database, callers, reads: MERIDIAN[contender].reads });
  const tenant = await copyWard(owner, ward);
  const ledger = new Ledger(await openCases(owner, tenant), callers);
  if (contender === 'plain drizzle') return plainPlayer(database, tenant, texts, ledger);
  return contender === 'floor'
    ? floorPlayer(database.raw, tenant, texts, ledger)
    : floorBatchPlayer(database.raw, tenant, texts, ledger);
}

type Playing = { readonly database: Database; readonly callers: number; readonly reads: boolean };

/** Each caller has cases of its own, and goes round among them. With `reads` another node has begun them. */
async function meridianPlayer({ numbers }: Ground, { database, callers, reads }: Playing): Promise<Player> {
  const tenantId = randomUUID();
  const stores = createPostgresStores(database);
  const starting = await openWard(stores, tenantId);
  const ids = await startWardCases(starting, CASES, tenantId);
  const engine = reads ? await openWard(stores, tenantId) : starting;
  const cases: readonly WardCase[] = ids.map((caseId) => ({ caseId, ...numbers, completed: 0 }));
  const own = Math.floor(cases.length / callers);
  const turns = Array.from({ length: callers }, () => 0);
  return {
    perCall: 1,
    async complete(caller) {
      const turn = turns[caller] ?? 0;
      turns[caller] = turn + 1;
      const one = cases[caller * own + (turn % own)];
      if (!one) throw new Error(`Expected a case for caller ${caller}, but there is none`);
      await completeNext(engine, one, tenantId);
    },
  };
}

/** The better of Meridian's turns with many callers. */
function peakOf(runs: Rounds): Contender {
  const [one, other] = MANY_CALLERS;
  return middleRate(runs, one) > middleRate(runs, other) ? one : other;
}

function middleRate(runs: Rounds, contender: Contender): number {
  return middleOf(runs.get(contender) ?? [], rateOf).perSecond;
}

/** How many times as many completions one has as the other: within a round, since the machine's own pace changes; the round in the middle. */
function ratioOf(rounds: Rounds, one: Contender, other: Contender): number {
  const others = rounds.get(other) ?? [];
  const ratios = rounds.get(one)?.map(({ perSecond }, round) => perSecond / (others[round]?.perSecond ?? Number.NaN));
  return median(ratios ?? []);
}

function ratiosOf(judged: Rounds, peak: Contender, steady: Figures): Ratios {
  return {
    ofFloor: ratioOf(judged, 'Meridian', 'floor'),
    ofBatchedFloor: ratioOf(judged, peak, 'floor, batched'),
    timesPlain: ratioOf(judged, peak, 'plain drizzle'),
    tail: tailOf(steady),
  };
}

const columns = ['contender', 'connections', 'callers', 'a second', 'p50 ms', 'p99 ms'] as const;

function lineOf(one: Measured | undefined): string {
  if (!one) return '';
  const { contender, connections, callers, perSecond, p50, p99 } = one;
  const numbers = [connections, callers, perSecond.toFixed(0), p50.toFixed(2), p99.toFixed(2)];
  return printLine([contender, ...numbers.map(String)]);
}

function printLine([first = '', ...rest]: readonly string[]): string {
  return [first.padEnd(26), ...rest.map((text) => text.padStart(12))].join('');
}

/** The ratios in words, as the last lines but one. */
function ratioLines({ ratios, steady, gathered }: StorageResult): readonly string[] {
  const share = (ratio: number) => `${(ratio * 100).toFixed(0)} %`;
  return [
    `of the floor: ${share(ratios.ofFloor)} (wanted ${share(WANTED.ofFloor)}); with many callers ${share(gathered)}`,
    `of the batched floor: ${share(ratios.ofBatchedFloor)} (wanted ${share(WANTED.ofBatchedFloor)})`,
    `times the plain one: ${ratios.timesPlain.toFixed(1)} (wanted ${WANTED.timesPlain})`,
    `at 70 % of its peak (${steady.perSecond.toFixed(0)} a second): p50 ${steady.p50.toFixed(2)} ms, p99 ${steady.p99.toFixed(2)} ms, ` +
      `${ratios.tail.toFixed(1)} times (wanted at most ${WANTED.tail})`,
  ];
}

/** What falls short of what is wanted, in words; nothing when all holds. */
export function shortcomingsOf({ ratios }: Pick<StorageResult, 'ratios'>): readonly string[] {
  const short = (name: string, holds: boolean, found: number) => (holds ? [] : [`${name} ${found.toFixed(2)}`]);
  return [
    ...short('of the floor', ratios.ofFloor >= WANTED.ofFloor, ratios.ofFloor),
    ...short('of the batched floor', ratios.ofBatchedFloor >= WANTED.ofBatchedFloor, ratios.ofBatchedFloor),
    ...short('times the plain one', ratios.timesPlain >= WANTED.timesPlain, ratios.timesPlain),
    ...short('p99 over p50', ratios.tail <= WANTED.tail, ratios.tail),
  ];
}
