import { describe, expect, test } from 'vitest';
import { checkSoundness } from '../../engine/index.ts';
import { playByChance } from '../oracle/play-by-chance.ts';
import { readModel } from '../oracle/read-model.ts';
import { type Mutant, mutate, type Original } from './mutate.ts';
import { compiledFrom, originals } from './originals.ts';
import { seeded } from './seeded.ts';

const count = Number(process.env.MUTANTS ?? 520);
const games = Number(process.env.GAMES ?? 15);
const firstSeed = Number(process.env.SEED ?? 1);

type Checked = Mutant & {
  readonly seed: number;
  readonly original: Original;
  readonly verdict: ReturnType<typeof checkSoundness>['verdict'];
};

/** Mutants that compile: one that is refused is no question of soundness any more. */
async function checkedMutants(): Promise<readonly Checked[]> {
  const drawnFrom = await originals();
  const checked: Checked[] = [];
  for (let seed = firstSeed; checked.length < count; seed += 1) {
    const draw = seeded(seed);
    const original = draw.pick(drawnFrom);
    const mutant = original && mutate(original, draw);
    if (!mutant || mutant.bpmn === original.bpmn) continue;
    const definition = await compiledFrom(mutant.bpmn);
    if (definition) checked.push({ ...mutant, seed, original, verdict: checkSoundness(definition).verdict });
  }
  return checked;
}

/** Games of the independent oracle that left tokens which nobody could move. */
async function deadlocksOf({ bpmn, seed, original }: Checked): Promise<readonly string[]> {
  const model = await readModel(bpmn);
  return Array.from({ length: games }, (_, game) =>
    playByChance(model, seed * 1000 + game, { processId: original.processId }),
  ).flatMap(({ result, left }) => (result === 'deadlock' ? [left.join(', ')] : []));
}

describe('faults drawn into the shipped flows', async () => {
  const mutants = await checkedMutants();
  const named = ({ seed, original, what }: Checked) => `${seed}: ${original.processId} ${what}`;

  test('no mutant that is called sound comes to a deadlock in a game of the oracle', async () => {
    const wrong: string[] = [];
    for (const mutant of mutants)
      if (mutant.verdict === 'sound')
        wrong.push(...(await deadlocksOf(mutant)).map((left) => `${named(mutant)}: ${left}`));
    expect(wrong).toEqual([]);
  });

  test('nearly all are decided, and both ways', () => {
    const of = (verdict: Checked['verdict']) => mutants.filter((one) => one.verdict === verdict);
    expect(of('not-decided').length / mutants.length).toBeLessThan(0.05);
    expect(of('sound').length).toBeGreaterThan(count / 10);
    expect(of('unsound').length).toBeGreaterThan(count / 10);
  });
}, 600_000);
