import type { World } from './world.ts';

const batch = 100;
const rounds = 1_000;

/**
 * Runs what is due until the world is at rest. Work on its way (a delivery to be tried again, a message) is waited for by moving the clock;
 * timers are not: they fire when a scenario advances the clock to them, or when the clock passes them on its way.
 */
export async function settle(world: World): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    await runDue(world);
    const next = await nextUnderWay(world);
    if (next === undefined) return;
    world.clock.moveTo(next);
  }
  throw new Error(`Expected the world to come to rest, but work went on for ${rounds} rounds`);
}

/** Moves the clock to `until`, stopping at everything due on the way, so that it happens at its time and in its order. */
export async function advanceTo(world: World, until: string): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    await settle(world);
    const next = (await world.probe.due()).map(({ dueAt }) => dueAt).sort()[0];
    if (next === undefined || next > until) break;
    world.clock.moveTo(next);
  }
  world.clock.moveTo(until);
  await settle(world);
}

async function runDue(world: World): Promise<void> {
  for (let round = 0; round < rounds; round += 1) if ((await world.engine().runDueWork({ limit: batch })) === 0) return;
  throw new Error(`Expected due work to end, but it went on for ${rounds} rounds`);
}

async function nextUnderWay(world: World): Promise<string | undefined> {
  const due = await world.probe.due();
  const underWay = due
    .filter(({ timer }) => !timer)
    .map(({ dueAt }) => dueAt)
    .sort()[0];
  if (underWay === undefined) return undefined;
  const timers = due
    .filter(({ timer, dueAt }) => timer && dueAt < underWay)
    .map(({ dueAt }) => dueAt)
    .sort();
  return timers[0] ?? underWay;
}
