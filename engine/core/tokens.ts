import { enterEvent, stateKey, takeEvent } from '../ir/state-key.ts';
import { InvariantError } from './invariant-error.ts';
import type { JsonObject } from './json.ts';
import { definitionOf, emit, nextNumber, type Run, tokenOf, type Work } from './run.ts';
import { type Step, stepToken } from './step.ts';
import { closeWaits } from './waits.ts';

/** How a new token comes to be, beyond where it stands. */
export type Placement = {
  /** What its node was triggered with: the node has nothing left to wait for. */
  readonly triggered?: JsonObject;
  /** Local variables it brings along. */
  readonly variables?: JsonObject;
  /** Throwing token it undoes something for. */
  readonly compensates?: number;
  /** Sequence flow it counts as having come by. */
  readonly flow?: string;
  /** The caller begins its node itself. */
  readonly held?: true;
};

/** Starts a token at a node, by the machine's `enter`. */
export function placeToken(run: Run, scope: number, node: string, placement: Placement = {}): number {
  const n = nextNumber(run);
  const step = stepToken(definitionOf(run, scope).machine, 'new', enterEvent(node));
  const to = landedIn(step, `enter ${node}`);
  const { triggered, held, ...rest } = placement;
  emit(run, { n, token: { node: to, phase: 'arrived', scope, ...rest }, type: 'TokenPlaced' });
  perform(run, n, step, held ? undefined : nextWork(n, triggered));
  return n;
}

/** Moves a token along a flow; what was open at the node it leaves is closed. `triggered`: the event it leads to has happened already. */
export function takeFlow(run: Run, n: number, flow: string, triggered?: JsonObject): void {
  const { scope, node } = tokenOf(run, n);
  const step = stepToken(definitionOf(run, scope).machine, stateKey(node), takeEvent(flow));
  landedIn(step, `take ${flow} from ${node}`);
  perform(run, n, step, nextWork(n, triggered));
}

/** Ends a token where it stands, one new token a flow in its place. All are there before any moves. */
export function forkToken(run: Run, n: number, flows: readonly string[]): void {
  const { scope, node, compensates } = tokenOf(run, n);
  const branches = flows.map((flow) => ({ flow, token: nextNumber(run) }));
  for (const branch of branches) {
    emit(run, { n: branch.token, token: { compensates, node, phase: 'leaving', scope }, type: 'TokenPlaced' });
  }
  endToken(run, n, 'consumed');
  for (const branch of branches) takeFlow(run, branch.token, branch.flow);
}

/** Ends a token: `consumed` where it reached an end or a join, `cancelled` when it was stopped. Its child scopes must be closed before. */
export function endToken(run: Run, n: number, how: 'consumed' | 'cancelled'): void {
  const { scope, node } = tokenOf(run, n);
  const event = how === 'consumed' ? 'consume' : 'cancel';
  const step = stepToken(definitionOf(run, scope).machine, stateKey(node), event);
  if (step === 'no-transition' || !('end' in step.to))
    throw new InvariantError(`Expected ${event} at ${node}, but there is none`);
  perform(run, n, step);
  emit(run, { how, n, type: 'TokenEnded' });
}

/** Does what XState handed out, in its order. */
function perform(run: Run, n: number, step: Step | 'no-transition', next?: Work): void {
  if (step === 'no-transition') return;
  let flow: string | undefined;
  for (const action of step.actions) {
    if (action.type === 'deactivate') closeWaits(run, n);
    else if (action.type === 'arrive') flow = action.params.flow;
    else {
      if (flow !== undefined) emit(run, { flow, n, node: action.params.node, type: 'TokenMoved' });
      if (next) run.queue.push(next);
    }
  }
}

/** What a token does at its new node: begin it, or go on where its event has happened already. */
function nextWork(token: number, triggered: JsonObject | undefined): Work {
  return triggered ? { kind: 'complete', token, output: triggered } : { kind: 'begin', token };
}

function landedIn(step: Step | 'no-transition', what: string): string {
  if (step === 'no-transition' || !('node' in step.to))
    throw new InvariantError(`Expected a way to ${what}, but there is none`);
  return step.to.node;
}
