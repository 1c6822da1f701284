import { createHash } from 'node:crypto';
import { createKeyRing } from '../../../db/key-ring.ts';
import { createEngine, type MemoryStore, type Stores } from '../../../engine/index.ts';
import { Random } from '../../oracle/random.ts';
import type { StoreProbe } from '../../scenarios/world.ts';
import { Bank } from './bank.ts';
import { Clients } from './clients.ts';
import { Faults, type KeptFaults } from './faults.ts';
import { flows } from './flows.ts';
import { Hospital, tenantId } from './hospital.ts';
import { type Manner, SimulatedNode } from './node.ts';
import { type Plan, planOf } from './plan.ts';
import type { PlantedBug } from './planted/planted-bug.ts';
import { Scheduler } from './scheduler.ts';
import { staff } from './staff.ts';
import { stepOf } from './step.ts';
import { Witness } from './witness.ts';
import { wrongAtEnd, wrongRows } from './wrong-rows.ts';

/** When every schedule begins. */
export const began = Date.parse('2026-03-12T08:00:00.000Z');

/** Steps after which a schedule without faults must have come to its end. */
const mostCalmSteps = 6_000;

/** What is played and how. */
export type ScheduleOptions = {
  readonly seed: number;
  readonly probe: StoreProbe;
  /** A bug to be found, and the memory store it is put around. */
  readonly planted?: { readonly bug: PlantedBug; readonly memory: MemoryStore };
  /** Only these of the drawn faults are done. */
  readonly kept?: KeptFaults;
  /** Whether rows are compared after every step, or only at the end. */
  readonly looksAtRows?: boolean;
};

/** What came of one schedule. */
export type ScheduleResult = {
  readonly seed: number;
  readonly plan: Plan;
  readonly violations: readonly string[];
  readonly steps: number;
  readonly commits: number;
  readonly faults: ReadonlyMap<string, number>;
  /** Numbers of the faults that were done. */
  readonly faultNumbers: readonly number[];
  readonly trace: readonly string[];
  /** Hash of everything that happened, step by step, and of the final states. */
  readonly traceHash: string;
  /** The final states, by case. */
  readonly finalStates: readonly string[];
};

/** Everything of a running schedule. */
export type Running = {
  readonly plan: Plan;
  readonly random: Random;
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly nodes: readonly SimulatedNode[];
  readonly clients: Clients;
  readonly hospital: Hospital;
  readonly witness: Witness;
  readonly stores: Stores;
  readonly trace: string[];
  readonly violations: string[];
};

/** Plays one schedule: the same seed plays the same, whatever the machine does. */
export async function playSchedule(options: ScheduleOptions): Promise<ScheduleResult> {
  const running = await open(options);
  const { faults, scheduler, trace, violations, witness, nodes } = running;
  const { probe, looksAtRows = true } = options;
  let steps = 0;
  let calm = 0;
  const rows = async () => {
    if (looksAtRows && violations.length === 0) violations.push(...(await wrongRows(witness, probe)));
    witness.touched.clear();
  };
  while (violations.length === 0) {
    steps += 1;
    faults.on = steps <= running.plan.steps;
    if (!faults.on) calm += 1;
    const went = await stepOf(running);
    await rows();
    if (went === 'finished') break;
    if (calm > mostCalmSteps)
      violations.push(`liveness: the schedule does not come to its end; ${whatRemains(running)}`);
  }
  for (const node of nodes) node.kill();
  if (violations.length === 0) violations.push(...(await wrongAtEnd(running.hospital, witness, probe)));
  if (violations.length === 0)
    violations.push(...running.plan.playing.flatMap((story) => story.wrongAtEnd(running.hospital)));
  const finalStates = [...witness.cases.values()].map((seen) => (seen.state ? JSON.stringify(seen.state) : '')).sort();
  const commits = [...witness.cases.values()].reduce((sum, seen) => sum + seen.version, 0);
  const traceHash = createHash('sha256')
    .update([...trace, ...finalStates, String(scheduler.now)].join('\n'))
    .digest('hex');
  return {
    ...{ seed: options.seed, plan: running.plan, violations, steps, commits, trace, traceHash, finalStates },
    ...{ faults: faults.done, faultNumbers: faults.numbers },
  };
}

async function open({ seed, probe, planted, kept }: ScheduleOptions): Promise<Running> {
  const random = new Random(seed);
  const plan = planOf(random);
  const bytes = new Random(random.below(2 ** 32));
  const violations: string[] = [];
  const trace: string[] = [];
  const violate = (text: string) => void violations.push(text);
  const scheduler = new Scheduler(began);
  probe.keepTime(() => scheduler.now);
  const faults = new Faults(new Random(random.below(2 ** 32)), plan.focus, kept);
  const bank = new Bank(faults, violate);
  const keyRing = createKeyRing(new Uint8Array(32).fill(7), (length) =>
    Uint8Array.from({ length }, () => bytes.below(256)),
  );
  const now = () => new Date(scheduler.now).toISOString();
  const witness = new Witness({ keyRing, faults, bank: () => bank, now, violate });
  const stores = witness.watch(planted?.bug.stores?.(planted.memory, scheduler) ?? probe.stores);
  const manner: Manner = { ...plan.manner, ...planted?.bug.manner };
  const nodes: SimulatedNode[] = [];
  const around = {
    ...{ scheduler, faults, stores, keyRing, bytes, manner, violate },
    returnsLeases: planted?.bug.returnsLeases ?? false,
    bank: planted?.bug.bank?.(bank) ?? bank,
    notify: () => notifyAll(nodes, faults, scheduler),
  };
  for (let index = 0; index < plan.nodes; index += 1) nodes.push(new SimulatedNode(index, around));
  const clients = new Clients({ scheduler, faults, witness, random, nodes, violate });
  const hospital = new Hospital({ clients, witness, bank, random, scheduler });
  await publishFlows(probe.stores, plan, keyRing);
  for (const story of plan.playing) story.open(hospital);
  for (const node of nodes) node.start();
  return { plan, random, scheduler, faults, nodes, clients, hospital, witness, stores, trace, violations };
}

async function publishFlows(
  stores: Stores,
  plan: Plan,
  keyRing: Parameters<typeof createEngine>[0]['keyRing'],
): Promise<void> {
  const engine = createEngine({
    ...{
      stores,
      keyRing,
      connectors: { find: () => undefined },
      forms: { validate: async ({ data }) => ({ ok: true, data }) },
    },
    clock: { now: () => new Date(began).toISOString() },
    randomness: { bytes: (length) => new Uint8Array(length) },
    directory: { person: async () => undefined, peopleOnDuty: async () => [], people: async () => staff },
  });
  const [by] = staff;
  for (const key of plan.flows) {
    const published = by && (await engine.publish({ tenantId, by, pkg: flows[key] }));
    if (!published?.ok) throw new Error(`Expected the flow ${key} to be published, but it was refused`);
  }
}

function notifyAll(nodes: readonly SimulatedNode[], faults: Faults, scheduler: Scheduler): void {
  for (const node of nodes) {
    if (!node.up || faults.happens('notification lost', 10)) continue;
    if (faults.happens('notification late', 5)) void scheduler.sleep(-1, 5_000).then(() => node.wake());
    else node.wake();
    if (faults.happens('notification doubled', 5)) node.wake();
  }
}

function whatRemains({ witness, scheduler, clients }: Running): string {
  const cases = [...witness.cases.values()].filter((seen) => !seen.ended);
  const standing = cases.map(
    (seen) =>
      `${seen.flow} at ${[...new Set(Object.values(seen.state?.tokens ?? {}).map(({ node }) => node))].join(', ')}`,
  );
  const incidents = cases.flatMap((seen) =>
    Object.values(seen.state?.incidents ?? {}).map(
      ({ incident }) => `${incident.code} at ${incident.elementId}: ${incident.message}`,
    ),
  );
  const waiting = clients.waiting().map(({ name }) => name);
  return `open: ${standing.join('; ') || 'no case'}; calls: ${scheduler.calls.map((call) => call.point).join(', ') || 'none'}; requests: ${waiting.join(', ') || 'none'}; incidents: ${incidents.join('; ') || 'none'}`;
}
