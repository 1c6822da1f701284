import type { CaseEvent } from '../../core/event.ts';
import type { TraceEvent, TraceStep } from '../../ir/soundness.ts';
import { replay, type Step } from './explore.ts';
import type { Stage } from './stage.ts';

/** The run of a part up to and with a play, in the diagram's ids. Stand-ins for scopes are not drawn and left out. */
export function traceTo(stage: Stage, last: Step): TraceStep[] {
  const steps: Step[] = [];
  for (let step: Step | undefined = last; step; step = step.from?.via) steps.unshift(step);
  return steps.flatMap((step) => stepsOf(stage, step));
}

function stepsOf(stage: Stage, step: Step): TraceStep[] {
  const decision = replay(stage, step);
  const { move } = step;
  const made: TraceStep[] =
    move && isDrawn(move.owner.node)
      ? [{ elementId: move.owner.node, event: move.event, ...(move.code ? { code: move.code } : {}) }]
      : [];
  return [...made, ...(decision.ok ? decision.events.flatMap((event) => stepOf(event)) : [])];
}

function stepOf(event: CaseEvent): TraceStep[] {
  if (event.type === 'TokenMoved') return isDrawn(event.node) ? [{ elementId: event.node, flowId: event.flow }] : [];
  if (event.type === 'TokenPlaced')
    return event.token.phase === 'arrived' && isDrawn(event.token.node)
      ? [{ elementId: event.token.node, event: 'starts' }]
      : [];
  if (event.type === 'ErrorThrown')
    return isDrawn(event.node)
      ? [{ elementId: event.node, event: 'error', ...(event.code ? { code: event.code } : {}) }]
      : [];
  return [];
}

/** Nodes of stand-ins have a mark in their id that none of the diagram has. */
function isDrawn(node: string): boolean {
  return !node.includes('#');
}

/** The run up to where it last comes to a node, or leaves by a flow. */
export function upTo(trace: readonly TraceStep[], place: string): TraceStep[] {
  const at = trace.findLastIndex(({ elementId, flowId }) => elementId === place || flowId === place);
  return trace.slice(0, at < 0 ? undefined : at + 1);
}

/** A trace with what it shows said at its end. */
export function showing(trace: readonly TraceStep[], elementId: string, event: TraceEvent): TraceStep[] {
  return [...trace, { elementId, event }];
}
