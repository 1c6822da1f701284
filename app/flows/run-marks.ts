import type { TraceEvent, TraceStep } from '../../engine/index.ts';

/** What may happen at a step, as the browser reads it; each has a sentence in the catalogue. */
export const traceEvents = [
  'starts',
  'completes',
  'message',
  'signal',
  'timer',
  'condition',
  'error',
  'waits-for-ever',
  'twice',
] as const satisfies readonly TraceEvent[];

/** How a diagram shows a run at one of its steps: classes by element or flow id, and the element to keep in view. */
export type RunMarks = { readonly classes: Readonly<Record<string, string>>; readonly here?: string };

/** What happens at the end of a run that is the fault itself. */
const faults: ReadonlySet<TraceStep['event']> = new Set(['waits-for-ever', 'twice']);

/** Marks for the steps up to the one at `at`: what was passed, and where the run is now. */
export function runMarks(trace: readonly TraceStep[], at: number): RunMarks {
  const step = trace[at];
  if (!step) return { classes: {} };
  const past = trace.slice(0, at + 1).flatMap(({ elementId, flowId }) => (flowId ? [elementId, flowId] : [elementId]));
  const here = faults.has(step.event) ? 'run-fault' : 'run-here';
  return {
    classes: { ...Object.fromEntries(past.map((id) => [id, 'run-past'])), [step.elementId]: here },
    here: step.elementId,
  };
}
