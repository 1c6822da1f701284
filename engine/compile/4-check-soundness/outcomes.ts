/** Stands for every code a connector may throw that the diagram does not name. */
export const anyCode = '*';

/** A throw without a code: only what catches everything catches it. */
export const noCode = '';

/** What a scope can come to, as the activity that runs it sees it. */
export type Outcomes = {
  /** Its end can be reached. */
  readonly completes: boolean;
  /** It can come to rest on its way; one that cannot is over before anything else happens. */
  readonly waits: boolean;
  /** Codes of errors that leave it; `anyCode` where a connector's may. */
  readonly errors: ReadonlySet<string>;
  /** Codes of escalations that leave it. */
  readonly escalations: ReadonlySet<string>;
  /** A cancel end event can undo it. */
  readonly cancels: boolean;
};

/** A scope of which nothing is known yet, for calls that lead back to it. */
export const assumed: Outcomes = {
  completes: true,
  waits: true,
  errors: new Set(),
  escalations: new Set(),
  cancels: false,
};

/** What one of several scopes can come to. */
export function either(outcomes: readonly Outcomes[]): Outcomes {
  return {
    completes: outcomes.some(({ completes }) => completes),
    waits: outcomes.some(({ waits }) => waits),
    errors: new Set(outcomes.flatMap(({ errors }) => [...errors])),
    escalations: new Set(outcomes.flatMap(({ escalations }) => [...escalations])),
    cancels: outcomes.some(({ cancels }) => cancels),
  };
}
