import { setTimeout as sleep } from 'node:timers/promises';
import type postgres from 'postgres';
import type { ServerProcess } from '../e2e/server-process.ts';
import { Random } from '../oracle/random.ts';
import type { Installation } from './installation.ts';

/** What happened to the nodes. */
export type Damage = {
  /** Nodes killed by SIGKILL. */
  kills: number;
  /** Sessions of the nodes ended by the database. */
  terminations: number;
  /** Nodes told to end and replaced by a new process. */
  replacements: number;
  /** Starts that did not succeed because their session was ended meanwhile, and were made again. */
  failedStarts: number;
  /** Nodes that ended otherwise than they should. */
  readonly wrong: string[];
};

/** Nodes that go away and come back. */
export type Nodes = {
  readonly damage: Damage;
  readonly count: number;
  /** Address of one of them, whether it is there or not. */
  anyNode(): string;
  /** Does one thing to the nodes or their sessions, as the seed says. */
  strike(): Promise<void>;
  /** Begins to replace every node by a new process, one after the other, as an upgrade does; what else happens goes on. */
  upgrade(): void;
  /** Waits until every node is there. */
  untilAllRun(): Promise<void>;
  stop(): Promise<void>;
};

type Slot = { node: ServerProcess; isUp: boolean; startingSince?: Date | undefined };

/** Milliseconds within which a killed node is started again. */
const longestAbsence = 1_500;
/** Blows after which the next is a kill, so that kills are spread over the whole time. */
const longestWithoutKill = 4;
const mostStarts = 10;

/** Starts so many nodes on an installation. The seed says what is done to which of them. */
export async function startNodes(installation: Installation, count: number, seed: number): Promise<Nodes> {
  const random = new Random(seed);
  const damage: Damage = { kills: 0, terminations: 0, replacements: 0, failedStarts: 0, wrong: [] };
  const started = await Promise.all(Array.from({ length: count }, () => installation.startNode()));
  const slots: Slot[] = started.map((node) => ({ node, isUp: true }));
  const away = new Set<Promise<void>>();
  const opening = [0, 9];
  let sinceKill = 0;
  let turn = 0;

  /** Starts a node again, as whatever looks after it does; its session may be ended while it starts. */
  const bringBack = async (slot: Slot) => {
    for (let starts = 1; ; starts += 1) {
      try {
        slot.startingSince = new Date();
        await slot.node.restart();
        slot.isUp = true;
        slot.startingSince = undefined;
        return;
      } catch (error) {
        damage.failedStarts += 1;
        if (starts === mostStarts) throw error;
      }
    }
  };
  const kill = (slot: Slot, absence: number) => {
    slot.isUp = false;
    sinceKill = 0;
    damage.kills += 1;
    const back = slot.node.kill().then(async () => {
      await sleep(absence);
      await bringBack(slot);
    });
    keep(back);
  };
  const replace = async (slot: Slot) => {
    slot.isUp = false;
    const code = await slot.node.end();
    if (code !== 0) damage.wrong.push(`a node told to end ended with ${code}`);
    damage.replacements += 1;
    await bringBack(slot);
  };
  const keep = (work: Promise<void>) => {
    away.add(work);
    work.then(
      () => away.delete(work),
      (error: unknown) => damage.wrong.push(error instanceof Error ? error.message : 'a node did not come back'),
    );
  };
  const lookAfter = () => {
    for (const slot of slots)
      if (slot.isUp && slot.node.hasEnded()) {
        slot.isUp = false;
        damage.wrong.push(`a node nobody killed ended:\n${slot.node.output().slice(-2_000)}`);
        keep(bringBack(slot));
      }
  };
  return {
    ...{ damage, count },
    anyNode() {
      turn += 1;
      return slots[turn % slots.length]?.node.url ?? '';
    },
    async strike() {
      lookAfter();
      // A kill and an end of sessions come first, so that a short run has both.
      const drawn = random.below(10);
      sinceKill += 1;
      const isOverdue = sinceKill > longestWithoutKill;
      const kind = opening.shift() ?? (isOverdue ? 0 : drawn);
      const which = random.fraction();
      const up = slots.filter(({ isUp }) => isUp);
      // While one is away another is struck less often, and the last one seldom: where nodes come back slowly there would be nobody to lose anything.
      const often = up.length === slots.length || (isOverdue && up.length > 1) ? 100 : up.length > 1 ? 25 : 10;
      const slot = random.chance(often) ? up[Math.floor(which * up.length)] : undefined;
      if (kind < 4 && slot) kill(slot, random.below(longestAbsence));
      else if (kind === 4 && slot) keep(replace(slot));
      else damage.terminations += await terminate(installation.owner, random, slots);
    },
    upgrade() {
      const all = async () => {
        for (const slot of slots) if (slot.isUp) await replace(slot);
      };
      keep(all());
    },
    async untilAllRun() {
      while (away.size > 0) await Promise.allSettled(away);
      lookAfter();
    },
    async stop() {
      await Promise.allSettled(away);
      await Promise.all(slots.map(({ node }) => node.stop()));
    },
  };
}

/**
 * Ends some of the nodes' sessions, sometimes all. Those of a node that is just starting are among them one time in four: where a start takes longer
 * than the pause between two blows, none would succeed, and nobody would be there to lose anything.
 */
async function terminate(owner: postgres.Sql, random: Random, slots: readonly Slot[]): Promise<number> {
  const share = random.chance(30) ? 100 : random.between(10, 60);
  const starts = slots.flatMap(({ startingSince }) => (startingSince ? [startingSince.getTime()] : []));
  const before = random.chance(25) ? new Date() : new Date(Math.min(Date.now(), ...starts));
  const sessions = await owner`
    select pid from pg_stat_activity where application_name = 'meridian' and usename = current_user and backend_start <= ${before}
     order by backend_start`;
  const chosen = sessions.map(({ pid }) => Number(pid)).filter(() => random.chance(share));
  const ended = await owner`select pg_terminate_backend(pid) as done from unnest(${chosen}::int[]) as pid`;
  return ended.filter(({ done }) => done === true).length;
}
