/** What is told of a piece of work: kinds and outcomes only. Never an id, a value or a name from a case. */
export type SpanFacts = Readonly<Record<string, string | number>>;

/** Pieces of work that can be followed. `request` is the host's: what came in, and brought the commands. */
export type SpanName = 'request' | 'command' | 'decide' | 'commit' | 'job' | 'delivery';

/** A piece of work about to begin. */
export type SpanStart = {
  readonly name: SpanName;
  readonly facts: SpanFacts;
  /** W3C `traceparent` of what caused it, kept from then. Without it: the work under way, or for a job nothing. */
  readonly under?: string;
  /** W3C `traceparent` of what it follows from without standing under it. */
  readonly link?: string;
};

/**
 * Follows the runtime's work from the outside, for traces and figures. It changes nothing: `span` gives what `work` gives, when `work` gives it.
 */
export type Tracer = {
  /** Does `work` as one span; `told` says what its result adds. */
  span<T>(start: SpanStart, work: () => T, told?: (result: Awaited<T>) => SpanFacts): T;
  /** W3C `traceparent` of the work under way, to be kept with work for others; nothing when nobody follows. */
  current(): string | undefined;
};

/** Follows nothing and costs nothing. */
export const noTracer: Tracer = { span: (_start, work) => work(), current: () => undefined };
