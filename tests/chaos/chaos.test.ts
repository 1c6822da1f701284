import { expect, test } from 'vitest';
import { playChaos, shortcomingsOf } from './play-chaos.ts';

test('nodes are killed, cut off and replaced under load: nothing acknowledged is lost or done twice, and every case ends', {
  timeout: 600_000,
}, async () => {
  const figures = await playChaos({ seconds: 30, seed: 20_260_302, nodes: 3, clients: 8, durable: false });
  expect(shortcomingsOf(figures)).toEqual([]);
  expect(figures).toMatchObject({ lost: 0, doubled: 0, unfinished: 0, broken: 0, leftOver: 0 });
  expect(figures.resolved).toBe(figures.unknown);
});
