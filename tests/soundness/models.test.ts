import { describe, expect, test } from 'vitest';
import { checkSoundness } from '../../engine/index.ts';
import { toXml } from '../oracle/generator/drawn.ts';
import { generate } from '../oracle/generator/generate.ts';
import { playByChance } from '../oracle/play-by-chance.ts';
import { readModel } from '../oracle/read-model.ts';
import { largeModel } from './large-model.ts';
import { compiledFrom, shippedBpmn, shippedKeys } from './originals.ts';
import { seeded } from './seeded.ts';

test.each(shippedKeys)('the shipped flow %s is sound', async (key) => {
  const definition = await compiledFrom(shippedBpmn(key));
  expect(definition && checkSoundness(definition)).toMatchObject({ verdict: 'sound', findings: [] });
});

test.each([1, 2, 3, 4])('a model of 300 nodes made of sound blocks is sound (%i)', async (seed) => {
  const definition = await compiledFrom(largeModel(300, seeded(seed)));
  const nodes = Object.values(definition?.scopes ?? {}).flatMap((scope) => Object.keys(scope.nodes));
  expect(nodes.length).toBeGreaterThanOrEqual(300);
  expect(definition && checkSoundness(definition)).toMatchObject({ verdict: 'sound' });
});

describe('random processes', () => {
  const count = Number(process.env.RANDOM_MODELS ?? 150);

  test('none that is called sound comes to a deadlock in a game of the oracle', async () => {
    const wrong: string[] = [];
    let sound = 0;
    for (let seed = 1; seed <= count; seed += 1) {
      const xml = toXml(generate(seed).file);
      const definition = await compiledFrom(xml);
      if (!definition || checkSoundness(definition).verdict !== 'sound') continue;
      sound += 1;
      const model = await readModel(xml);
      for (let game = 0; game < 15; game += 1) {
        const { result, left } = playByChance(model, seed * 1000 + game);
        if (result === 'deadlock') wrong.push(`${seed}: ${left.join(', ')}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(sound).toBeGreaterThan(count / 10);
  }, 300_000);
});
