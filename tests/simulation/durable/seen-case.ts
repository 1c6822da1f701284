import type { CaseEvent, CaseState, Commit, Person, SealedEntry } from '../../../engine/index.ts';
import { foldAll, printState, verifyChain } from '../../../engine/index.ts';
import { knownEvents } from '../../../engine/replay/case-event.ts';
import { GENESIS_HASH, openEntry } from '../../../engine/replay/seal-entry.ts';
import { separations } from './flows.ts';

/** What a job of a case has come to. */
export type SeenJob = {
  readonly caseId: string;
  readonly jobType: string;
  readonly amount: number;
  status: 'open' | 'completed' | 'error' | 'cancelled';
};

/** One case as its commits tell it, kept apart from any store. */
export class SeenCase {
  readonly caseId: string;
  readonly flow: string;
  readonly entries: SealedEntry[] = [];
  /** The history folded by us, entry by entry. */
  state: CaseState | undefined;
  /** How often each flow node was completed. */
  readonly nodes = new Map<string, number>();
  readonly jobs = new Map<string, SeenJob>();
  readonly received = new Set<string>();
  private readonly doers = new Map<string, string[]>();
  private readonly key: Uint8Array;
  private readonly opened = new Set<number>();
  private readonly fired = new Set<number>();

  constructor(commit: Commit, key: Uint8Array) {
    this.caseId = commit.caseId;
    this.flow = commit.case.definition.key;
    this.key = key;
  }

  get version(): number {
    return this.entries.length;
  }

  get ended(): boolean {
    return this.state?.status === 'ended';
  }

  /** Takes the next commit in; what is wrong with it comes back. */
  take(commit: Commit): string[] {
    const { entry } = commit;
    const name = `${this.flow} …${this.caseId.slice(-4)}`;
    if (commit.expectedVersion !== this.version)
      return [`history: ${name} had ${this.version} entries when one was stored after ${commit.expectedVersion}`];
    const last = this.entries.at(-1);
    const chain = verifyChain([entry], {
      from: { seq: this.version + 1, previousHash: last?.hash ?? GENESIS_HASH },
    });
    const found: string[] = [];
    if (!chain.ok) found.push(`history: ${name} entry ${this.version + 1}: ${chain.reason}`);
    if (last && entry.header.recordedAt < last.header.recordedAt)
      found.push(`history: ${name} entry ${this.version + 1} was recorded before the one before it`);
    this.entries.push(entry);
    return [...found, ...this.fold(commit, name)];
  }

  private fold(commit: Commit, name: string): string[] {
    const opening = openEntry(commit.entry, this.key);
    if (!opening.ok) return [`history: ${name}: ${opening.reason} at ${opening.path}`];
    const { events, unknownAt } = knownEvents(opening.entry.events);
    if (unknownAt !== undefined) return [`history: ${name} has an event nobody knows`];
    const found = events.flatMap((event) => this.learn(event)).map((what) => `${what} in ${name}`);
    try {
      this.state = foldAll(this.state ?? null, events);
    } catch (error) {
      return [...found, `replay: ${name} does not fold: ${error instanceof Error ? error.message : String(error)}`];
    }
    if (printState(this.state) !== commit.case.state)
      found.push(`replay: ${name} folds to another state than is stored`);
    return found;
  }

  private learn(event: CaseEvent): string[] {
    switch (event.type) {
      case 'NodeCompleted':
        this.nodes.set(event.node, (this.nodes.get(event.node) ?? 0) + 1);
        return [];
      case 'TaskOpened':
        if (this.opened.has(event.n)) return [`task ${event.n} was opened twice`];
        this.opened.add(event.n);
        return [];
      case 'TaskClosed':
        return event.outcome === 'completed' ? this.learnDoer(event.n, event.by) : [];
      case 'TimerClosed':
        return event.how === 'fired' ? this.learnTimer(event.n) : [];
      case 'MessageReceived':
        return this.learnMessage(`${event.messageId} at ${event.node}`);
      case 'JobRequested': {
        const { jobId, jobType, input } = event.job;
        const amount = Number(input.amount ?? 0);
        this.jobs.set(jobId, { caseId: this.caseId, jobType, amount, status: 'open' });
        return [];
      }
      case 'JobClosed':
        return this.learnJob(event.n, event.how);
      default:
        return [];
    }
  }

  private learnDoer(n: number, by: string | undefined): string[] {
    const element = this.state?.tasks[n]?.node;
    if (element === undefined || by === undefined) return [`task ${n} was completed although it was not open`];
    const before = separations
      .filter(({ later }) => later === element)
      .find(({ earlier }) => this.doers.get(earlier)?.includes(by));
    this.doers.set(element, [...(this.doers.get(element) ?? []), by]);
    return before ? [`separation of duties: ${by} did ${before.earlier} and ${element}`] : [];
  }

  private learnTimer(n: number): string[] {
    if (this.fired.has(n)) return [`timer ${n} fired twice`];
    this.fired.add(n);
    return [];
  }

  private learnMessage(what: string): string[] {
    if (this.received.has(what)) return [`message ${what} was received twice`];
    this.received.add(what);
    return [];
  }

  private learnJob(n: number, how: 'completed' | 'error' | 'cancelled'): string[] {
    const jobId = this.state?.jobs[n]?.job.jobId;
    const job = jobId === undefined ? undefined : this.jobs.get(jobId);
    if (job?.status !== 'open') return [`job ${n} was closed although it was not open`];
    job.status = how;
    return [];
  }
}

/** Whether this person was kept from this element by what they did before. */
export function isSeparated(state: CaseState, element: string, person: Person): boolean {
  return separations.some(({ later, earlier }) => later === element && state.actors[earlier]?.includes(person.id));
}
