import { z } from 'zod';
import type { Connector, ConnectorRequest, ConnectorResult, JsonObject } from '../../engine/index.ts';
import { type BookStore, changeBook, readBook } from './book-store.ts';
import { type Fault, takeFailingQuery, takeFault } from './fault.ts';
import { bookMovement, dropMovement, type Movement, movementSchema, noteMovement } from './ledger-book.ts';

/** What a simulator works with. */
export type SimulatorContext = {
  readonly store: BookStore;
  /** Cash needs an open shift (`required`), or one is opened when it is needed (`auto`). */
  readonly shifts: 'auto' | 'required';
};

/** Facts of one delivery. `key` is unique over all cases and the same at every attempt. */
export type Delivery = { readonly key: string; readonly caseId: string; readonly at: string };

/** Answer of a simulator: what it did, or why it refused, as a BPMN error. */
export type Answer =
  | { readonly ok: true; readonly output: JsonObject; readonly movements: readonly Movement[] }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Says that a simulator did as asked, and which money moved with it. */
export function done(output: JsonObject, movements: readonly Movement[] = []): Answer {
  return { ok: true, output, movements };
}

/** Says that a simulator refused; an answer, not a failure. */
export function refused(code: string, message: string): Answer {
  return { ok: false, code, message };
}

/** Thrown when a number is used again for something else; becomes a failure that no retry heals. */
export class NumberReused extends Error {
  override readonly name = 'NumberReused';
}

/** One job type of a simulator. */
export type SimulatedJob<I> = {
  readonly jobType: string;
  readonly delivery: Connector['delivery'];
  readonly input: z.ZodType<I>;
  /** Error codes, the one of a scripted refusal first. */
  readonly errors: readonly string[];
  /** Only looks: every attempt is answered anew. */
  readonly reads?: boolean;
  /** For jobs that move money: the sale and the key it will be booked by, noted as in transit before asking. */
  inTransit?(input: I, delivery: Delivery): { readonly saleNo: string; readonly key: string };
  perform(input: I, delivery: Delivery, context: SimulatorContext): Promise<Answer>;
  /** Whether a scripted refusal does not apply to this request. */
  beyondRefusal?(input: I): boolean;
};

const json: z.ZodType<JsonObject> = z.record(z.string(), z.json());

const outcomeSchema = z.object({ output: json, movements: z.array(movementSchema) });

type Outcome = z.infer<typeof outcomeSchema>;

/** What was done under each key, so that a query and a second attempt get the first answer. */
const outcomeBook = {
  name: 'outcomes',
  schema: z.object({ outcome: outcomeSchema.nullable() }),
  empty: (): { outcome: Outcome | null } => ({ outcome: null }),
};

function sentence(jobType: string, error: z.ZodError): string {
  const issue = error.issues[0];
  return `Expected input ${issue?.path.join('.') || '(whole)'} of ${jobType} to be right, but: ${issue?.message}.`;
}

async function earlierOutcome(store: BookStore, key: string): Promise<Outcome | null> {
  return (await readBook(store, outcomeBook, key)).outcome;
}

async function keepOutcome(store: BookStore, key: string, outcome: Outcome): Promise<void> {
  await changeBook(store, outcomeBook, key, () => ({ document: { outcome }, answer: undefined }));
}

const noAnswer = 'No answer within the time allowed (scripted fault of a simulator).';

type Attempt =
  | { readonly ok: true; readonly outcome: Outcome }
  | { readonly ok: false; readonly result: ConnectorResult };

function deliveryOf(request: ConnectorRequest): Delivery {
  return { key: `${request.caseId}/${request.key}`, caseId: request.caseId, at: request.now };
}

/** The other system's side: does as asked, or says why not. Nothing is booked in the hospital's ledger yet but a note. */
async function ask<I>(job: SimulatedJob<I>, request: ConnectorRequest, context: SimulatorContext): Promise<Attempt> {
  const delivery = deliveryOf(request);
  const earlier = job.reads ? null : await earlierOutcome(context.store, delivery.key);
  if (earlier) return { ok: true, outcome: earlier };
  const parsed = job.input.safeParse(request.input);
  if (!parsed.success) {
    return { ok: false, result: { status: 'failed', message: sentence(job.jobType, parsed.error), retryable: false } };
  }
  const noted = job.inTransit?.(parsed.data, delivery);
  if (noted) await noteMovement(context.store, { ...noted, caseId: delivery.caseId });
  const answer = await job.perform(parsed.data, delivery, context);
  if (!answer.ok) {
    if (noted) await dropMovement(context.store, noted.saleNo, noted.key);
    return { ok: false, result: { status: 'error', code: answer.code, message: answer.message } };
  }
  const outcome = { output: answer.output, movements: [...answer.movements] };
  if (!job.reads) await keepOutcome(context.store, delivery.key, outcome);
  return { ok: true, outcome };
}

/** Our side: books the money that moved, now that the answer is here. */
async function hear(outcome: Outcome, at: string, context: SimulatorContext): Promise<ConnectorResult> {
  for (const movement of outcome.movements) await bookMovement(context.store, movement, at);
  return { status: 'done', output: outcome.output };
}

async function attempt<I>(
  job: SimulatedJob<I>,
  request: ConnectorRequest,
  context: SimulatorContext,
): Promise<ConnectorResult> {
  const asked = await ask(job, request, context);
  return asked.ok ? hear(asked.outcome, request.now, context) : asked.result;
}

function spoils<I>(job: SimulatedJob<I>, fault: Fault, request: ConnectorRequest): boolean {
  if (fault.answer !== 'refused' || !job.beyondRefusal) return true;
  const parsed = job.input.safeParse(request.input);
  return !parsed.success || !job.beyondRefusal(parsed.data);
}

async function withFault<I>(
  job: SimulatedJob<I>,
  fault: Fault,
  request: ConnectorRequest,
  context: ConnectorContext,
): Promise<ConnectorResult> {
  switch (fault.answer) {
    case 'refused':
      return {
        status: 'error',
        code: fault.code ?? job.errors[0] ?? 'refused',
        message: 'Refused (scripted fault of a simulator).',
      };
    case 'timeout-before':
      return { status: 'unknown', message: noAnswer };
    case 'timeout-after-success': {
      const asked = await ask(job, request, context);
      return asked.ok ? { status: 'unknown', message: noAnswer } : asked.result;
    }
    case 'unavailable':
      return { status: 'failed', message: 'The other system cannot be reached (scripted fault).', retryable: true };
    case 'slow':
      await context.sleep(4_000);
      return attempt(job, request, context);
  }
}

/** What a connector needs beside its simulator. */
export type ConnectorContext = SimulatorContext & {
  /** Awaited before every delivery: the pinned sales are made. */
  ready(): Promise<void>;
  sleep(ms: number): Promise<void>;
  /** Leaves scripted failures alone: for making the pinned sales. */
  readonly faultless?: boolean;
};

/** Makes the engine's connector of a simulated job: parses, keeps answers by key, and fails when a scenario says so. */
export function simulatedConnector<I>(job: SimulatedJob<I>, context: ConnectorContext): Connector {
  return {
    jobType: job.jobType,
    delivery: job.delivery,
    async perform(request) {
      await context.ready();
      const fault = context.faultless ? undefined : await takeFault(context.store, job.jobType);
      try {
        if (fault && spoils(job, fault, request)) return await withFault(job, fault, request, context);
        return await attempt(job, request, context);
      } catch (error) {
        if (!(error instanceof NumberReused)) throw error;
        return { status: 'failed', message: error.message, retryable: false };
      }
    },
    async query(request) {
      await context.ready();
      if (await takeFailingQuery(context.store, job.jobType)) {
        return {
          status: 'failed',
          message: 'The query got no answer (scripted fault of a simulator).',
          retryable: true,
        };
      }
      const outcome = await earlierOutcome(context.store, deliveryOf(request).key);
      return outcome ? hear(outcome, request.now, context) : { status: 'not-received' };
    },
  };
}
