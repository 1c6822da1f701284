import type { BadInput } from '../../gate/bad-input.ts';
import { gateInputs, verdictOn } from '../../gate/verdict.ts';
import type { Bench } from '../bench.ts';
import { cpuOf } from '../engine/measure.ts';

/** How long an input may take to be refused, in milliseconds of the clock. */
export const WANTED_MILLISECONDS = 2_000;

/** How many of the dearest are told. */
const TOLD = 12;

/** What an input cost, in milliseconds. */
export type GateCost = { readonly name: string; readonly cpu: number; readonly clock: number };

async function costOf(input: BadInput): Promise<GateCost> {
  const start = performance.now();
  const cpu = await cpuOf(async () => void (await verdictOn(input)));
  return { name: input.name, cpu: cpu / 1_000, clock: performance.now() - start };
}

async function cheapestOf(input: BadInput, rounds: number): Promise<GateCost> {
  let best = await costOf(input);
  for (let round = 1; round < rounds; round += 1) {
    const again = await costOf(input);
    best = { name: best.name, cpu: Math.min(best.cpu, again.cpu), clock: Math.min(best.clock, again.clock) };
  }
  return best;
}

/** Every bad input of the deployment gate, the dearest first. */
export async function measureGate(inputs: readonly BadInput[], rounds: number): Promise<readonly GateCost[]> {
  const costs: GateCost[] = [];
  for (const input of inputs) costs.push(await cheapestOf(input, rounds));
  return costs.toSorted((a, b) => b.cpu - a.cpu);
}

/** What takes too long, in words; nothing when all is refused in time. */
export function slowRefusals(costs: readonly GateCost[]): readonly string[] {
  return costs
    .filter(({ clock }) => clock > WANTED_MILLISECONDS)
    .map(({ name, clock }) => `${name} refused after ${clock.toFixed(0)} ms`);
}

/** The cost of saying no. */
export const gateBench: Bench = {
  about: 'CPU and clock time to refuse each bad input of the deployment gate',
  rounds: 1,
  async run({ rounds }, tell) {
    const costs = await measureGate(gateInputs, rounds);
    tell('CPU ms  clock ms');
    for (const { name, cpu, clock } of costs.slice(0, TOLD))
      tell(`${cpu.toFixed(0).padStart(6)}${clock.toFixed(0).padStart(10)}  ${name}`);
    tell(`${costs.length} inputs`);
    return { result: costs, shortcomings: slowRefusals(costs) };
  },
};
