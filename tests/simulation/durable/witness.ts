import type { Commit, CommitOutcome, KeyRing, LeasedJob, Stores } from '../../../engine/index.ts';
import { type Bank, signed } from './bank.ts';
import type { Faults } from './faults.ts';
import { SeenCase } from './seen-case.ts';

type Lease = { readonly token: string; readonly until: string; readonly at: string };

/** What the witness needs to see. */
export type WitnessParts = {
  readonly keyRing: KeyRing;
  readonly faults: Faults;
  readonly bank: () => Bank;
  readonly now: () => string;
  readonly violate: (text: string) => void;
};

/**
 * Stands between the nodes and the store and writes down what the store says it did. Whatever it is told is held at once against what may be:
 * so a fault of the engine, of the runtime or of a store is seen at the step that made it.
 */
export class Witness {
  readonly cases = new Map<string, SeenCase>();
  /** Requests that were accepted, by person and key. */
  readonly accepted = new Map<string, { readonly caseId: string; readonly version: number }>();
  /** Cases that changed since rows were last compared. */
  readonly touched = new Set<string>();
  private readonly leases = new Map<string, Lease>();
  private readonly parts: WitnessParts;

  constructor(parts: WitnessParts) {
    this.parts = parts;
  }

  /** The stores with the witness looking on. */
  watch(stores: Stores): Stores {
    return {
      ...stores,
      cases: {
        ...stores.cases,
        commit: async (commit) => {
          const outcome = await stores.cases.commit(commit);
          await this.sawCommit(commit, outcome);
          return outcome;
        },
      },
      messages: {
        ...stores.messages,
        returnUndelivered: async (job, options) => {
          await stores.messages.returnUndelivered(job, options);
          this.release(job);
        },
      },
      jobs: {
        ...stores.jobs,
        lease: async (request) => {
          const jobs = await stores.jobs.lease(request);
          for (const job of jobs) this.sawLease(job, request);
          return jobs;
        },
        postpone: async (job, dueAt, outcomeKnown) => {
          await stores.jobs.postpone(job, dueAt, outcomeKnown);
          this.release(job);
        },
        drop: async (job) => {
          await stores.jobs.drop(job);
          if (this.release(job) && job.caseId !== undefined) this.touched.add(job.caseId);
        },
      },
    };
  }

  private async sawCommit(commit: Commit, outcome: CommitOutcome): Promise<void> {
    if (outcome !== 'committed') return;
    const { tenantId, caseId, answers, uses } = commit;
    const seen = this.cases.get(caseId) ?? (await this.open(commit));
    if (!seen) return;
    for (const what of seen.take(commit)) this.parts.violate(what);
    this.touched.add(caseId);
    if (uses) this.sawUse(uses);
    const { actor } = commit.entry.header;
    if (actor.kind === 'person' && !answers)
      this.parts.violate(`answers: ${actor.id}'s request in ${tenantId} has no answer`);
    if (answers) this.sawAnswer(`${answers.actorId}/${answers.key}`, { caseId, version: seen.version });
    this.checkMoney();
  }

  private async open(commit: Commit): Promise<SeenCase | undefined> {
    const { tenantId, caseId, case: change } = commit;
    if (change.wrappedKey === undefined) {
      this.parts.violate(`history: a case ${caseId} nobody began was written`);
      return undefined;
    }
    const seen = new SeenCase(commit, await this.parts.keyRing.open(tenantId, caseId, change.wrappedKey));
    this.cases.set(caseId, seen);
    return seen;
  }

  private sawAnswer(key: string, where: { caseId: string; version: number }): void {
    if (this.accepted.has(key)) this.parts.violate(`answers: the request ${key} was carried out twice`);
    this.accepted.set(key, where);
  }

  private sawUse({ jobKey, leaseToken }: Pick<LeasedJob, 'jobKey' | 'leaseToken'>): void {
    const lease = this.leases.get(jobKey);
    if (lease?.token !== leaseToken) this.parts.violate(`leases: a late worker's result for ${jobKey} was taken`);
    else if (lease.until <= this.parts.now()) this.parts.faults.note('result after the lease ran out');
    this.leases.delete(jobKey);
  }

  /** A lease runs in true time, whatever the clock of whoever took it says; what is due is judged by that. */
  private sawLease({ jobKey, leaseToken, dueAt }: LeasedJob, request: { at: string; leaseSeconds: number }): void {
    const { at, leaseSeconds } = request;
    const now = this.parts.now();
    const held = this.leases.get(jobKey);
    if (held && held.until > now) this.parts.violate(`leases: ${jobKey} was handed out while somebody held it`);
    if (dueAt > at) this.parts.violate(`leases: ${jobKey} was handed out before it was due`);
    const until = new Date(Date.parse(now) + leaseSeconds * 1000).toISOString();
    this.leases.set(jobKey, { token: leaseToken, until, at });
  }

  private release({ jobKey, leaseToken }: LeasedJob): boolean {
    if (this.leases.get(jobKey)?.token !== leaseToken) return false;
    return this.leases.delete(jobKey);
  }

  /** Money at the bank is what the cases know of, plus what is still on its way; and none is booked that was not moved. */
  checkMoney(): void {
    const { effects } = this.parts.bank();
    let booked = 0;
    let onTheWay = 0;
    const jobs = new Map([...this.cases.values()].flatMap((seen) => [...seen.jobs]));
    for (const [key, effect] of effects) {
      const job = jobs.get(key);
      if (job?.status === 'completed') booked += signed(effect);
      else if (job?.status === 'open') onTheWay += signed(effect) * effect.times;
      else
        this.parts.violate(
          `money: ${effect.jobType} was carried out with key ${key}, which no case waits for (${job?.status})`,
        );
    }
    for (const [key, job] of jobs)
      if (job.status === 'completed' && !effects.has(key))
        this.parts.violate(`money: ${job.jobType} is booked with key ${key} but was never carried out`);
    const balance = this.parts.bank().balance();
    if (balance !== booked + onTheWay)
      this.parts.violate(`money: the bank has ${balance}, the cases know of ${booked} and of ${onTheWay} on its way`);
  }
}
