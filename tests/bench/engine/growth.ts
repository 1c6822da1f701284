import { cpuOf, median } from './measure.ts';
import { CasePlayer, compile } from './meridian.ts';
import { chainOf } from './patterns.ts';

/** What a task costs on a small and on a large diagram, and how much more on the large one. */
export type Growth = { readonly small: number; readonly large: number; readonly factor: number };

const SMALL = 10;
const LARGE = 200;
const TASKS_A_ROUND = 1600;

/** CPU microseconds per task completion on a chain of that many nodes. Starting the cases is not counted: it would flatter the short chain. */
async function chainPlayer(nodes: number): Promise<() => Promise<number>> {
  const pattern = chainOf(nodes);
  const player = new CasePlayer(await compile(pattern));
  const cases = Math.ceil(TASKS_A_ROUND / pattern.tasks);
  return async () => {
    let open = Array.from({ length: cases }, () => player.start());
    const cost = await cpuOf(() => {
      for (let n = 0; n < pattern.tasks; n += 1) open = open.map((stored) => player.completeNext(stored, pattern));
    });
    return cost / (cases * pattern.tasks);
  };
}

/** Whether a task costs more the larger the diagram and the longer the way behind: 10 nodes against 200, in turns. */
export async function measureGrowth(rounds: number): Promise<Growth> {
  const [small, large] = [await chainPlayer(SMALL), await chainPlayer(LARGE)];
  for (let n = 0; n < 3; n += 1) for (const play of [small, large]) await play();
  const figures: { small: number; large: number }[] = [];
  for (let round = 0; round < rounds; round += 1) figures.push({ small: await small(), large: await large() });
  return {
    small: median(figures.map((one) => one.small)),
    large: median(figures.map((one) => one.large)),
    factor: median(figures.map((one) => one.large / one.small)),
  };
}
