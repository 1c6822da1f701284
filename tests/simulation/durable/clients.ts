import type { Accepted, Engine, JsonObject, Person, Rejection, Result, TaskRecord } from '../../../engine/index.ts';
import type { Random } from '../../oracle/random.ts';
import type { Faults } from './faults.ts';
import { isBug } from './is-bug.ts';
import type { SimulatedNode } from './node.ts';
import type { Scheduler } from './scheduler.ts';
import type { Witness } from './witness.ts';

/** Something a person or another system wants done, however often it has to ask. */
export type Intent = {
  /** Names the request at the engine: `<person>/<key>`, or the id of a message. */
  readonly name: string;
  /** Task it is about. */
  readonly taskId?: string;
  send(engine: Engine): Promise<Result<Accepted | undefined>>;
  /** The same key with other content. */
  sendOther?(engine: Engine): Promise<Result<Accepted | undefined>>;
  state: 'open' | 'acknowledged' | 'refused';
  answer?: Accepted;
  /** Attempts under way. */
  live: number;
  /** Whether somebody waits no longer for an attempt that a node may still carry out: then a refusal of another attempt is not the last word. */
  givenUp: boolean;
};

type Attempt = { readonly intent: Intent; readonly node: SimulatedNode; readonly life: number; over: boolean };

/** Where the clients are. */
export type ClientParts = {
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly witness: Witness;
  readonly random: Random;
  readonly nodes: readonly SimulatedNode[];
  readonly violate: (text: string) => void;
};

/** A refusal that says nothing about the request: it may be sent again as it is. */
const passing: ReadonlySet<Rejection['code']> = new Set(['busy', 'overloaded', 'unavailable']);

/** The browsers and systems that send requests: they lose answers, ask again, ask twice, and remember what they were promised. */
export class Clients {
  readonly intents: Intent[] = [];
  private attempts: Attempt[] = [];
  private readonly parts: ClientParts;

  constructor(parts: ClientParts) {
    this.parts = parts;
  }

  /** Adds what somebody wants done. */
  want(intent: Omit<Intent, 'state' | 'live' | 'givenUp'>): Intent {
    const wanted: Intent = { ...intent, state: 'open', live: 0, givenUp: false };
    this.intents.push(wanted);
    return wanted;
  }

  /** Requests about whose fate their senders do not know yet and for which nobody waits now. */
  waiting(): Intent[] {
    return this.intents.filter((intent) => intent.state === 'open' && intent.live === 0);
  }

  openOn(taskId: string): number {
    return this.intents.filter((intent) => intent.taskId === taskId && intent.state === 'open').length;
  }

  /** Sends a request to a node that is up. */
  send(intent: Intent, how: 'send' | 'sendOther' = 'send'): boolean {
    const { random, nodes } = this.parts;
    const up = nodes.filter((node) => node.up);
    if (up.length === 0) return false;
    const node = random.pick(up);
    const attempt: Attempt = { intent, node, life: node.life, over: false };
    intent.live += 1;
    this.attempts.push(attempt);
    if (how === 'send') void this.carry(attempt);
    else void this.carryOther(attempt);
    return true;
  }

  /** Whoever waited for this node sees the line break. */
  nodeDied(node: SimulatedNode): void {
    for (const attempt of this.attempts) if (attempt.node === node) this.end(attempt);
  }

  /** Somebody waits no longer; the node works on. */
  giveUpOne(): void {
    const { random } = this.parts;
    if (this.attempts.length === 0) return;
    const attempt = random.pick(this.attempts);
    attempt.intent.givenUp = true;
    this.end(attempt);
  }

  get busy(): boolean {
    return this.attempts.length > 0;
  }

  private end(attempt: Attempt): void {
    if (attempt.over) return;
    attempt.over = true;
    attempt.intent.live -= 1;
    this.attempts = this.attempts.filter((one) => one !== attempt);
  }

  private async exchange(attempt: Attempt, call: Intent['send']): Promise<Result<Accepted | undefined> | 'unknown'> {
    const { scheduler } = this.parts;
    const { node, intent } = attempt;
    await scheduler.ask(node.index, 'client.request', intent.name, async () => undefined);
    const { engine } = node;
    if (!engine) return 'unknown';
    const result = await call(engine).catch((error: unknown) => {
      if (isBug(error)) this.parts.violate(`thrown: at ${intent.name}: ${error}`);
      return 'unknown' as const;
    });
    await scheduler.ask(node.index, 'client.answer', intent.name, async () => undefined);
    return attempt.over ? 'unknown' : result;
  }

  private async carry(attempt: Attempt): Promise<void> {
    const { intent } = attempt;
    const knownBefore = this.parts.witness.accepted.has(intent.name);
    const result = await this.exchange(attempt, (engine) => intent.send(engine));
    if (attempt.over) return;
    this.end(attempt);
    if (result === 'unknown') return;
    if (result.ok) this.acknowledge(intent, result.value);
    else this.refuse(intent, result.rejection, knownBefore);
  }

  private async carryOther(attempt: Attempt): Promise<void> {
    const { intent } = attempt;
    const result = await this.exchange(
      attempt,
      (engine) => intent.sendOther?.(engine) ?? Promise.reject(new Error('none')),
    );
    if (attempt.over) return;
    this.end(attempt);
    if (result === 'unknown' || (!result.ok && passing.has(result.rejection.code))) return;
    if (result.ok || result.rejection.code !== 'key-reused')
      this.parts.violate(
        `answers: another request with the key of ${intent.name} was ${result.ok ? 'accepted' : result.rejection.code}`,
      );
  }

  private acknowledge(intent: Intent, answer: Accepted | undefined): void {
    const { witness, violate } = this.parts;
    if (answer) {
      const stored = witness.accepted.get(intent.name);
      if (stored?.caseId !== answer.caseId || stored.version !== answer.version)
        violate(
          `answers: ${intent.name} was told version ${answer.version}, but ${stored ? `version ${stored.version}` : 'nothing'} is stored`,
        );
      if (intent.answer && intent.answer.version !== answer.version)
        violate(`answers: ${intent.name} was told version ${intent.answer.version} first and ${answer.version} later`);
      intent.answer = answer;
    }
    intent.state = 'acknowledged';
  }

  private refuse(intent: Intent, rejection: Rejection, knownBefore: boolean): void {
    if (passing.has(rejection.code)) return;
    if (knownBefore || intent.state === 'acknowledged')
      this.parts.violate(`answers: ${intent.name} was accepted, but asking again was refused: ${rejection.code}`);
    else if (rejection.code === 'key-reused')
      this.parts.violate(`answers: ${intent.name} was taken for another request`);
    else if (this.parts.witness.accepted.has(intent.name)) return;
    else if (intent.live === 0) intent.state = 'refused';
  }
}

/** Content of a completion, distinct for every person and task. */
export function formOf(task: TaskRecord, by: Person): JsonObject {
  return { [`${task.elementId}_by`]: by.id };
}
