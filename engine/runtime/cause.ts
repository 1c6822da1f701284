import type { Instant } from '../core/json.ts';
import type { Tracer } from './tracer.ts';

/** Which trace the work in a row belongs to, while somebody follows. In no history: it changes nothing of the work. */
export type Cause = {
  /** W3C `traceparent` of what asked for the work, which goes on in its trace. */
  readonly trace?: string;
  /** The same, where the work begins a trace of its own, linked with that one. */
  readonly link?: string;
};

/** Work for now goes on in the trace of what asked for it. What is due later begins its own: no receiver keeps one open that long. */
export function causeOfWork(tracer: Tracer, { dueAt }: { readonly dueAt: Instant }, at: Instant): Cause {
  return named(tracer, dueAt <= at ? 'trace' : 'link');
}

/** A message goes on in the trace of whoever published it; one to everybody begins a trace for each receiver, or one trace would be of thousands. */
export function causeOfMessage(tracer: Tracer, toEverybody: boolean): Cause {
  return named(tracer, toEverybody ? 'link' : 'trace');
}

/** A batch is many cases' work, over hours. */
export function causeOfBatch(tracer: Tracer): Cause {
  return named(tracer, 'link');
}

/** The cause alone, of what carries one. */
export function causeIn({ trace, link }: Cause): Cause {
  return { ...(trace !== undefined && { trace }), ...(link !== undefined && { link }) };
}

function named(tracer: Tracer, as: keyof Cause): Cause {
  const current = tracer.current();
  return current === undefined ? {} : { [as]: current };
}
