import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../oracle/random.ts';
import { letWork, type Notes, newNotes, signInAll, type World } from './clients.ts';
import { type Damage, type Nodes, startNodes } from './disasters.ts';
import { chaosFlow } from './flow.ts';
import { type Installation, openInstallation, tenantId } from './installation.ts';
import { lookBack, type Verdict } from './look-back.ts';

/** How a run is made. */
export type ChaosOptions = {
  readonly seconds: number;
  readonly seed: number;
  readonly nodes: number;
  /** Clients at work at the same time. */
  readonly clients: number;
  /** Whether the database waits for the disk. */
  readonly durable: boolean;
  /** Folder with an earlier version of the product: one node of it works beside the others, and is not killed. */
  readonly older?: string | undefined;
  readonly tell?: (line: string) => void;
};

/** What came of it. */
export type ChaosFigures = Damage &
  Verdict &
  Omit<Notes, 'acknowledged' | 'wrong'> & {
    readonly seed: number;
    readonly seconds: number;
    readonly nodes: number;
    readonly acknowledged: number;
    /** Statements by which the older node wrote commits, if there is one. */
    readonly writtenByOlder?: number | undefined;
    readonly wrong: readonly string[];
  };

/** Milliseconds between two blows. */
const betweenBlows = { least: 700, most: 3_000 };
/** Seconds a case's row is held by somebody else. */
const longestHold = 60;
/** Milliseconds in which the clients may bring their last cases to an end: the leases of the killed run out, then everything must go on. */
const patience = 120_000;

/** Lets clients work on real nodes that are killed, cut off and replaced; then looks whether everything acknowledged is there, once. */
export async function playChaos(options: ChaosOptions): Promise<ChaosFigures> {
  const { seconds, seed, tell = () => {} } = options;
  const installation = await openInstallation({ flow: chaosFlow, durable: options.durable, older: options.older });
  try {
    const nodes = await startNodes(installation, options.nodes, seed);
    try {
      tell(`${options.nodes} nodes run; ${options.clients} clients work for ${seconds} s (seed ${seed})`);
      const notes = await work(installation, nodes, options);
      tell('the nodes are left alone; looking back');
      const verdict = await lookBack(installation, notes.acknowledged);
      const { damage } = nodes;
      return {
        ...{ seed, seconds, nodes: options.nodes, ...notes, ...damage, ...verdict },
        acknowledged: notes.acknowledged.length,
        writtenByOlder: installation.older && (await writtenByEarlier(installation)),
        wrong: [...notes.wrong, ...damage.wrong, ...(installation.older?.hasEnded() ? ['the older node ended'] : [])],
      };
    } finally {
      await nodes.stop();
    }
  } finally {
    await installation.close();
  }
}

async function work(installation: Installation, nodes: Nodes, options: ChaosOptions): Promise<Notes> {
  const world = openWorld(installation, withOlder(installation, nodes));
  const { notes } = world;
  const people = await signInAll(world);
  const working = letWork(world, people, options.clients);
  const striking = strikeFor(nodes, options, () => report(notes, nodes, options));
  await Promise.race([Promise.all([striking, holdCase(installation, options.seconds)]), working]);
  await nodes.untilAllRun();
  world.finish(patience);
  await working;
  return notes;
}

/** The world of clients who work on an installation's nodes; `finish` lets them bring their last cases to an end within so many milliseconds. */
export function openWorld(installation: Installation, anyNode: () => string): World & { finish(within: number): void } {
  const end = new AbortController();
  let isOver = false;
  return {
    ...{ notes: newNotes(), anyNode, end: end.signal },
    isOver: () => isOver,
    isStored: (by, key) => isStored(installation, by, key),
    openTasks: (caseId) => openTasks(installation, caseId),
    finish(within) {
      isOver = true;
      const late = new Error('Expected every case to come to its end, but one did not');
      setTimeout(() => end.abort(late), within).unref();
    },
  };
}

/** Calls of the functions that only earlier versions commit by. */
async function writtenByEarlier({ owner }: Installation): Promise<number> {
  const [row] = await owner`
    select coalesce(sum(calls), 0)::int as calls from pg_stat_user_functions where funcname in ('commit_case', 'commit_cases')`;
  return Number(row?.calls ?? 0);
}

/** Address of any node, the older one as often as each of the others. */
function withOlder({ older }: Installation, { anyNode, count }: Nodes): () => string {
  let turn = 0;
  return () => {
    turn += 1;
    return older && turn % (count + 1) === 0 ? older.url : anyNode();
  };
}

/** Somebody with a tool of their own holds the row of a case that is worked on: a minute, or a third of a shorter run. */
async function holdCase({ owner }: Installation, seconds: number): Promise<void> {
  await sleep((seconds * 1_000) / 4);
  await owner.begin(async (sql) => {
    await sql`
      select 1 from cases where process_key = ${chaosFlow.key} and status = 'active' order by started_at desc limit 1 for update`;
    await sleep(Math.min(longestHold, seconds / 3) * 1_000);
  });
}

/** Blow after blow; when a third of the time is over, every node is replaced in turn beside that. */
async function strikeFor(nodes: Nodes, { seconds, seed }: ChaosOptions, onMinute: () => void): Promise<void> {
  const random = new Random(seed ^ 0x5eed);
  const began = performance.now();
  const passed = () => (performance.now() - began) / 1_000;
  let hasUpgraded = false;
  let minutes = 0;
  while (passed() < seconds) {
    await sleep(random.between(betweenBlows.least, betweenBlows.most));
    if (!hasUpgraded && passed() > seconds / 3) {
      hasUpgraded = true;
      nodes.upgrade();
    } else await nodes.strike();
    if (passed() / 60 >= minutes + 1) {
      minutes += 1;
      onMinute();
    }
  }
}

function report(notes: Notes, { damage }: Nodes, { tell }: ChaosOptions): void {
  tell?.(
    `${notes.acknowledged.length} acknowledged, ${notes.unknown} unknown, ${notes.resolved} of them resolved, ${damage.kills} nodes killed, ` +
      `${damage.terminations} sessions ended, ${damage.replacements} nodes replaced`,
  );
}

async function isStored({ owner }: Installation, by: string, key: string): Promise<boolean> {
  const rows = await owner`
    select 1 from answers where tenant_id = ${tenantId} and actor_id = ${by} and request_key = ${key}`;
  return rows.length > 0;
}

async function openTasks({ owner }: Installation, caseId: string): Promise<readonly string[]> {
  const rows =
    await owner`select task_id from tasks where tenant_id = ${tenantId} and case_id = ${caseId} and status = 'open'`;
  return rows.map(({ task_id }) => String(task_id));
}

/** What falls short of what is wanted, in words; empty when nothing does. */
export function shortcomingsOf(figures: ChaosFigures): readonly string[] {
  const { lost, doubled, unfinished, broken, leftOver, unknown, resolved, cases, finished, wrong } = figures;
  const counts = { lost, doubled, unfinished, broken, 'left over': leftOver, 'unknown for ever': unknown - resolved };
  return [
    ...Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([what, count]) => `${count} ${what}`),
    ...(cases === finished ? [] : [`${cases} cases in the database, but ${finished} were finished by clients`]),
    ...(figures.acknowledged === 0 || figures.kills === 0 || figures.terminations === 0
      ? ['nothing was put to the test']
      : []),
    ...(figures.writtenByOlder === 0 ? ['the older node wrote nothing'] : []),
    ...wrong.slice(0, 10),
  ];
}
