import { type AnyActorRef, type AnyMachineSnapshot, type AnyStateMachine, createActor, createMachine } from 'xstate';
import type { MachineAction, MachineConfig } from '../ir/machine.ts';
import { nodeOfStateKey } from '../ir/state-key.ts';
import { InvariantError } from './invariant-error.ts';

/**
 * The only file that imports XState at run time: it moves one token, an actor of its scope's machine, by one event. The actions come out in
 * XState's own order and without implementation.
 */
export type Step = {
  /** State after the event: a node, or one of the machine's ends. */
  readonly to: { readonly node: string } | { readonly end: 'consumed' | 'cancelled' };
  readonly actions: readonly MachineAction[];
};

type LoadedMachine = {
  readonly machine: AnyStateMachine;
  /** Where a token in a state stands for XState: resolved once. */
  readonly snapshots: Map<string, AnyMachineSnapshot>;
  /** What the machine answered, by state and event. */
  readonly steps: Map<string, Map<string, Step | 'no-transition'>>;
};

/** A machine lives as long as its definition; steps are remembered per (state, event), both of which come from the diagram only. */
const loaded = new WeakMap<MachineConfig, LoadedMachine>();

/** Steps a token from `state` (a state key) by `event`; `no-transition` when the machine knows no such way. */
export function stepToken(config: MachineConfig, state: string, event: string): Step | 'no-transition' {
  const one = load(config);
  const known = one.steps.get(state) ?? new Map<string, Step | 'no-transition'>();
  const step = known.get(event);
  if (step) return step;
  const taken = transition(one, state, event);
  one.steps.set(state, known.set(event, taken));
  return taken;
}

/** Forgets what a machine's steps were, so that each is asked of XState again: for those who measure or check what remembering does. */
export function forgetSteps(config: MachineConfig): void {
  loaded.get(config)?.steps.clear();
}

function load(config: MachineConfig): LoadedMachine {
  const known = loaded.get(config);
  if (known) return known;
  const machine = createMachine(structuredClone(config));
  const one: LoadedMachine = { machine, snapshots: new Map(), steps: new Map() };
  loaded.set(config, one);
  return one;
}

/**
 * `machine.transition` with one shared inert scope instead of the documented `transition()`, which builds an actor for every call and costs
 * four times as much. A property test holds both equal for every state and event.
 */
function transition({ machine, snapshots }: LoadedMachine, state: string, event: string): Step | 'no-transition' {
  const snapshot = snapshots.get(state) ?? machine.resolveState({ value: state, context: {} });
  snapshots.set(state, snapshot);
  const actions: MachineAction[] = [];
  const next = machine.transition(snapshot, { type: event }, inertScope(actions));
  if (actions.length === 0) return 'no-transition';
  if (typeof next.value !== 'string')
    throw new InvariantError(`Expected a flat machine, but ${machine.id} has nested states`);
  const to = next.value;
  return { to: to === 'consumed' || to === 'cancelled' ? { end: to } : { node: nodeOfStateKey(to) }, actions };
}

const inertActor: AnyActorRef = createActor(createMachine({}));

function inertScope(actions: MachineAction[]): Parameters<AnyStateMachine['transition']>[2] {
  return {
    self: inertActor,
    id: inertActor.id,
    sessionId: inertActor.sessionId,
    logger: () => undefined,
    defer: () => undefined,
    emit: () => undefined,
    system: inertActor.system,
    stopChild: () => undefined,
    actionExecutor: (action) => actions.push(readAction(action.type, action.params)),
  };
}

function readAction(type: string, params: unknown): MachineAction {
  if (typeof params === 'object' && params !== null) {
    if ((type === 'activate' || type === 'deactivate') && 'node' in params && typeof params.node === 'string')
      return { type, params: { node: params.node } };
    if (type === 'arrive' && 'flow' in params && typeof params.flow === 'string')
      return { type, params: { flow: params.flow } };
  }
  throw new InvariantError(`Expected an action of an emitted machine, but got ${type}`);
}
