import {
  type Connector,
  createEngine,
  createWorkLoop,
  type Engine,
  type KeyRing,
  type RuntimeProblem,
  type Stores,
  type WorkLoop,
} from '../../../engine/index.ts';
import type { Random } from '../../oracle/random.ts';
import type { Bank } from './bank.ts';
import type { Faults } from './faults.ts';
import { isBug } from './is-bug.ts';
import { type Ask, scheduledKeys, scheduledStores } from './scheduled-stores.ts';
import type { Scheduler } from './scheduler.ts';
import { staff } from './staff.ts';

/** What all nodes share: the world outside them. */
export type Surroundings = {
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly stores: Stores;
  readonly keyRing: KeyRing;
  readonly bank: Pick<Bank, 'connector'>;
  /** A bug that is put in on purpose: whoever starts takes back every lease. */
  readonly returnsLeases: boolean;
  /** Ids, nonces and salts. */
  readonly bytes: Random;
  /** How a node of this schedule works: batches, workers, cases at a time, and whether it looks for work by itself. */
  readonly manner: Manner;
  readonly violate: (text: string) => void;
  /** Tells the nodes that there is work. */
  notify(): void;
};

/** How the nodes of a schedule are set up. */
export type Manner = {
  readonly batch: number;
  readonly workers: number;
  readonly concurrency: number;
  readonly pollMs: number;
};

/** One process of the cluster: the real engine and the real work loop on scheduled ports. Dies and comes back with nothing in memory. */
export class SimulatedNode {
  readonly index: number;
  /** Milliseconds its clock is ahead of the true time. */
  skew = 0;
  /** Counts its lives, so that an answer of an earlier one is known. */
  life = 0;
  engine: Engine | undefined;
  private loop: WorkLoop | undefined;
  private readonly around: Surroundings;

  constructor(index: number, around: Surroundings) {
    this.index = index;
    this.around = around;
  }

  get up(): boolean {
    return this.engine !== undefined;
  }

  start(): void {
    const { scheduler, stores, keyRing, bytes, manner, notify } = this.around;
    const ask: Ask = (point, about, work) => scheduler.ask(this.index, point, about, work);
    const sleep = (milliseconds: number, signal?: AbortSignal) => scheduler.sleep(this.index, milliseconds, signal);
    this.life += 1;
    if (this.around.returnsLeases) void stores.jobs.returnLeases();
    const onProblem = ({ doing, error }: RuntimeProblem) => {
      if (isBug(error)) this.around.violate(`thrown: at ${doing}: ${error}`);
    };
    this.engine = createEngine({
      stores: scheduledStores(stores, ask),
      keyRing: scheduledKeys(keyRing, ask),
      clock: { now: () => new Date(scheduler.now + this.skew).toISOString() },
      sleep,
      stopwatch: () => scheduler.now,
      randomness: { bytes: (length) => Uint8Array.from({ length }, () => bytes.below(256)) },
      directory: {
        person: async (_tenant, id) => staff.find((one) => one.id === id),
        peopleOnDuty: (_tenant, _at, roles) =>
          ask('directory.peopleOnDuty', roles.join(' '), async () =>
            staff.filter((one) => roles.length === 0 || one.roles.some((role) => roles.includes(role))),
          ),
        people: async () => staff,
      },
      connectors: { find: (jobType) => this.onTheLine(jobType, ask) },
      forms: { validate: async ({ data }) => ({ ok: true, data }) },
      onWork: notify,
      onProblem,
      concurrency: manner.concurrency,
    });
    this.loop = createWorkLoop(this.engine, {
      ...{ batch: manner.batch, workers: manner.workers, pollMs: manner.pollMs, sleep, onProblem },
    });
  }

  /** Kills it: what it was doing is never heard of again. */
  kill(): void {
    this.around.scheduler.drop(this.index);
    this.engine = undefined;
    this.loop = undefined;
  }

  wake(): void {
    this.loop?.wake();
  }

  private onTheLine(jobType: string, ask: Ask): Connector | undefined {
    const { bank } = this.around;
    const described = bank.connector(jobType);
    if (!described) return undefined;
    const onItsWay = () => bank.connector(jobType) ?? described;
    return {
      ...described,
      perform(request) {
        const connector = onItsWay();
        return ask('connector.perform', request.key, () => connector.perform(request));
      },
      query(request) {
        const connector = onItsWay();
        const answer = async () => connector.query?.(request) ?? ({ status: 'not-received' } as const);
        return ask('connector.query', request.key, answer);
      },
    };
  }
}
