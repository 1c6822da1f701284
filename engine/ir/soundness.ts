import type { Finding } from './finding.ts';

/** What happens at a step of a trace, beyond a token going on. */
export type TraceEvent =
  | 'starts'
  | 'completes'
  | 'message'
  | 'signal'
  | 'timer'
  | 'condition'
  | 'error'
  | 'waits-for-ever'
  | 'twice';

/** One step of a run that shows what a finding means, in the diagram's own ids: a token comes to an element, or something happens there. */
export type TraceStep = {
  readonly elementId: string;
  /** Sequence flow the token came by. */
  readonly flowId?: string;
  readonly event?: TraceEvent;
  /** Code of the error, for `error`. */
  readonly code?: string;
  /** How the element is called in the diagram. */
  readonly name?: string;
  readonly nameEn?: string;
};

/** What the soundness check says of a definition. */
export type Soundness = {
  /** `sound` only where every way of every scope was played; `not-decided` where a bound was reached first and nothing was found. */
  readonly verdict: 'sound' | 'unsound' | 'not-decided';
  /** Rules begin with `soundness-`; errors carry a trace. */
  readonly findings: readonly Finding[];
  /** States that were told apart, over all scopes. */
  readonly states: number;
  /** Commands that were played to find them. */
  readonly plays: number;
};
