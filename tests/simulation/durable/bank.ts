import type { Connector, ConnectorRequest, ConnectorResult, JsonObject } from '../../../engine/index.ts';
import type { Faults } from './faults.ts';

/** Money that was really moved, by the key it was asked for with. */
export type Effect = { readonly jobType: string; readonly amount: number; times: number };

/** What a receiver promises of itself. */
const deliveries: Readonly<Record<string, Connector['delivery']>> = {
  'bank.charge': 'idempotent',
  'bank.refund.once': 'neither',
  'bank.refund.asked': 'queryable',
  'bank.refund.again': 'idempotent',
  'lab.send': 'idempotent',
};

/** The systems outside. They live on when nodes die, and remember what was really done. */
export class Bank {
  readonly effects = new Map<string, Effect>();
  /** How many more times the laboratory is broken. */
  broken = 0;
  private readonly refused = new Set<string>();
  private sent = 0;
  private readonly askedAt = new Map<string, number>();
  private readonly faults: Faults;
  private readonly violate: (text: string) => void;

  constructor(faults: Faults, violate: (text: string) => void) {
    this.faults = faults;
    this.violate = violate;
  }

  /** The connector of a job type, for one request that is sent now, whenever it arrives. */
  connector(jobType: string): Connector | undefined {
    const delivery = deliveries[jobType];
    if (delivery === undefined) return undefined;
    this.sent += 1;
    const { sent } = this;
    return {
      ...{ jobType, delivery },
      perform: async (request) => this.perform(request, delivery, sent),
      query: async (request) => this.query(request),
    };
  }

  /** What charges brought, less what refunds gave back. */
  balance(): number {
    return [...this.effects.values()].reduce((sum, effect) => sum + signed(effect) * effect.times, 0);
  }

  /** Who asks whether a request came is told, and what was sent before the question and comes after it is turned away. */
  private query({ key }: ConnectorRequest): Awaited<ReturnType<NonNullable<Connector['query']>>> {
    if (this.effects.has(key)) return done(key);
    this.askedAt.set(key, this.sent);
    return { status: 'not-received' };
  }

  private perform(request: ConnectorRequest, delivery: Connector['delivery'], sent: number): ConnectorResult {
    const { key, jobType } = request;
    if (jobType === 'lab.send' && this.broken > 0) {
      this.broken -= 1;
      return { status: 'failed', message: 'Expected a laboratory that works, but it is broken', retryable: false };
    }
    // A receiver that knows its keys gives the answer it gave.
    if (delivery === 'idempotent' && this.effects.has(key)) return done(key);
    if (sent <= (this.askedAt.get(key) ?? 0)) return overtaken;
    if (this.refused.has(key)) return refusal;
    if (this.faults.happens('receiver fails for now', 3))
      return { status: 'failed', message: 'Expected a line, but it is cut', retryable: true };
    if (jobType === 'bank.refund.again' && this.faults.happens('receiver refuses for good', 3)) {
      this.refused.add(key);
      return refusal;
    }
    if (this.faults.happens('receiver is silent, nothing done', 3)) return silence;
    this.move(key, jobType, request.input);
    return this.faults.happens('receiver is silent, all done', 3) ? silence : done(key);
  }

  private move(key: string, jobType: string, input: JsonObject): void {
    const known = this.effects.get(key);
    const effect = known ?? { jobType, amount: Number(input.amount ?? 0), times: 0 };
    effect.times += 1;
    this.effects.set(key, effect);
    if (effect.times > 1) this.violate(`money: ${jobType} with key ${key} was carried out ${effect.times} times`);
  }
}

function done(key: string): ConnectorResult {
  return { status: 'done', output: { receipt: key } };
}

const refusal: ConnectorResult = { status: 'error', code: 'refused', message: 'Refused' };
const overtaken: ConnectorResult = { status: 'failed', message: 'Expected the last request', retryable: true };
const silence: ConnectorResult = { status: 'unknown', message: 'Expected an answer, but there was none' };

/** What an amount counts for in the books. */
export function signed({ jobType, amount }: Pick<Effect, 'jobType' | 'amount'>): number {
  return jobType === 'bank.charge' ? amount : jobType.startsWith('bank.refund') ? -amount : 0;
}
