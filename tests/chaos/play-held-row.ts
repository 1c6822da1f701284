import { setTimeout as sleep } from 'node:timers/promises';
import { patience as answerPatience, letWork, signInAll } from './clients.ts';
import { chaosFlow } from './flow.ts';
import { type Installation, openInstallation } from './installation.ts';
import { lookBack, type Verdict } from './look-back.ts';
import { type ChaosOptions, openWorld } from './play-chaos.ts';

/** What came of holding a case's row. */
export type HeldRowFigures = Verdict & {
  readonly seconds: number;
  /** Commands acknowledged while the row was held; all of them to other cases. */
  readonly others: number;
  /** How often whoever worked on the held case was told to come again. */
  readonly turnedAway: number;
  /** Milliseconds the slowest answer to a command took, the held case's included. */
  readonly slowestAnswer: number;
  /** Milliseconds from the end of the hold until its case took a command. */
  readonly goneOnAfter: number;
  readonly wrong: readonly string[];
};

/** Milliseconds within which the clients bring their cases to an end, the held one too. */
const patience = 60_000;

/** Lets clients work on a node while somebody with a tool of their own holds a case's row, and nothing else goes wrong. */
export async function playHeldRow({
  seconds,
  clients,
  durable,
}: Omit<ChaosOptions, 'seed' | 'nodes'>): Promise<HeldRowFigures> {
  const installation = await openInstallation({ flow: chaosFlow, durable });
  try {
    const node = await installation.startNode();
    try {
      const world = openWorld(installation, () => node.url);
      const working = letWork(world, await signInAll(world), clients);
      const { notes } = world;
      const held = await holdRow(installation, seconds, () => ({ ...notes, acknowledged: notes.acknowledged.length }));
      const goneOnAfter = await untilGoneOn(installation, held);
      world.finish(patience);
      await working;
      const { from, to } = held;
      return {
        ...(await lookBack(installation, notes.acknowledged)),
        ...{ seconds, slowestAnswer: Math.round(notes.slowestAnswer), goneOnAfter, wrong: notes.wrong },
        ...{ others: to.acknowledged - from.acknowledged, turnedAway: to.turnedAway - from.turnedAway },
      };
    } finally {
      await node.stop();
    }
  } finally {
    await installation.close();
  }
}

/** A case that waits for a person, once there is one. */
async function untilOneWaits({ owner }: Installation): Promise<string> {
  const began = performance.now();
  while (performance.now() - began < patience) {
    const [row] = await owner`
      select c.case_id from cases c join tasks t using (tenant_id, case_id)
       where c.process_key = ${chaosFlow.key} and t.status = 'open' order by c.started_at desc limit 1`;
    if (row) return String(row.case_id);
    await sleep(20);
  }
  throw new Error('Expected a case somebody works on, but there is none');
}

/** Holds the row of a case that waits for a person; tells what was counted at the beginning and at the end. */
async function holdRow<T>(installation: Installation, seconds: number, count: () => T) {
  const caseId = await untilOneWaits(installation);
  return installation.owner.begin(async (sql) => {
    const [row] = await sql`select version from cases where case_id = ${caseId} for update`;
    const from = count();
    await sleep(seconds * 1_000);
    return { caseId, version: Number(row?.version), from, to: count() };
  });
}

/** Milliseconds until the case has taken a command. */
async function untilGoneOn({ owner }: Installation, held: { caseId: string; version: number }): Promise<number> {
  const began = performance.now();
  while (performance.now() - began < patience) {
    const rows = await owner`select 1 from cases where case_id = ${held.caseId} and version > ${held.version}`;
    if (rows.length > 0) return Math.round(performance.now() - began);
    await sleep(20);
  }
  return Number.POSITIVE_INFINITY;
}

/** What falls short of what is wanted, in words; empty when nothing does. */
export function heldRowShortcomings(figures: HeldRowFigures): readonly string[] {
  const { lost, doubled, unfinished, broken, leftOver, others, turnedAway, slowestAnswer, goneOnAfter, wrong } =
    figures;
  const counts = { lost, doubled, unfinished, broken, 'left over': leftOver };
  return [
    ...Object.entries(counts).flatMap(([what, count]) => (count > 0 ? [`${count} ${what}`] : [])),
    ...(others === 0 ? ['no other case went on'] : []),
    ...(turnedAway === 0 ? ['whoever worked on the held case was not told to come again'] : []),
    ...(slowestAnswer < answerPatience ? [] : ['somebody waited in vain for an answer']),
    ...(Number.isFinite(goneOnAfter) ? [] : ['the held case did not go on when it was let go']),
    ...wrong.slice(0, 10),
  ];
}
