import type { Contender, Rounds } from './contender.ts';
import type { Pattern } from './patterns.ts';

/** CPU time of this process, all its threads, for some work; in microseconds. */
export async function cpuOf(work: () => void | Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** The middle value; the mean of the two middle ones where there are two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}

/** How long each contender works in a round, about. Long enough for the process's clock and for the collector to have its share. */
const ROUND_MICROSECONDS = 150_000;

/** How long each plays a pattern before anything counts, about: the compiler of the JavaScript engine takes its time, with everybody's code. */
const WARM_UP_MICROSECONDS = 1_500_000;

type Player = { readonly contender: Contender; readonly rounds: Rounds; readonly cases: number };

async function perTask(rounds: Rounds, cases: number, { tasks }: Pattern): Promise<number> {
  return (await cpuOf(rounds(cases))) / (cases * tasks);
}

/** Reads the pattern, warms the contender up and finds how many cases fill a round. */
async function readyToPlay(contender: Contender, pattern: Pattern): Promise<Player> {
  const rounds = await contender.read(pattern);
  let cases = 8;
  for (let spent = 0; spent < WARM_UP_MICROSECONDS; ) {
    const cost = await perTask(rounds, cases, pattern);
    spent += cost * cases * pattern.tasks;
    cases = Math.max(8, Math.round(ROUND_MICROSECONDS / (cost * pattern.tasks)));
  }
  return { contender, rounds, cases };
}

/** CPU microseconds per completed user task of each contender, round by round. */
export type Figures = ReadonlyMap<Contender, readonly number[]>;

/**
 * Plays a pattern. The contenders take turns, so that whatever else the machine does falls on all of them alike and the figures of one round
 * can be compared with each other.
 */
export async function playRounds(contenders: readonly Contender[], pattern: Pattern, rounds: number): Promise<Figures> {
  const players: Player[] = [];
  for (const contender of contenders) players.push(await readyToPlay(contender, pattern));
  const figures = new Map<Contender, number[]>(contenders.map((contender) => [contender, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const { contender, rounds: play, cases } of players)
      figures.get(contender)?.push(await perTask(play, cases, pattern));
  return figures;
}
