import type { TraceStep } from './soundness.ts';

/**
 * Where a finding comes from. `error` refuses the deployment, `warning` lets it pass and is shown, `info` only explains.
 */
export type FindingSeverity = 'error' | 'warning' | 'info';

/**
 * A lint, compile or soundness result on a definition. A value, never thrown.
 * `message` is an English sentence of the form "Expected …, but …"; `rule` and `params` let a catalogue say it in another language.
 */
export type Finding = {
  readonly rule: string;
  readonly severity: FindingSeverity;
  readonly message: string;
  /** Id of the BPMN element, decision or form the finding is about, when there is one. */
  readonly elementId?: string;
  /** Place inside the element: an attribute, a JSON pointer, or `line:column` of the source. */
  readonly path?: string;
  /** Clause of BPMN 2.0.2 the diagram does not keep, e.g. `10.5.2`; absent where the finding is about something else. */
  readonly clause?: string;
  /** An error that a named person may answer for: it refuses publication only without their word. */
  readonly overridable?: true;
  /** A run of the flow that leads there, where one was found: what the modeler plays on the diagram. */
  readonly trace?: readonly TraceStep[];
  readonly params?: Readonly<Record<string, string | number>>;
};
