import { type AnyMachineSnapshot, type AnyStateMachine, createMachine } from 'xstate';
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
  expectFlat(machine);
  const one: LoadedMachine = { machine, snapshots: new Map(), steps: new Map() };
  loaded.set(config, one);
  return one;
}

/** What `transition` relies on; thrown when a state has states in it or moves on by itself: `InvariantError`. */
function expectFlat({ id, states }: AnyStateMachine): void {
  const flat = Object.values(states).every((state) => Object.keys(state.states).length === 0 && !state.always);
  if (!flat)
    throw new InvariantError(`Expected a flat machine, but a state of ${id} has states in it or moves by itself`);
}

/**
 * Asks XState which transition the event enables, and takes it. In a flat machine without `always` and context that is all there is to a step:
 * out of the one state, along, into the other. The documented `transition()` builds an actor and the sets of a statechart around the same
 * answer, at twenty times the cost; a property test holds both equal for every state and event (decision 012).
 */
function transition({ machine, snapshots }: LoadedMachine, state: string, event: string): Step | 'no-transition' {
  const snapshot = snapshots.get(state) ?? machine.resolveState({ value: state, context: {} });
  snapshots.set(state, snapshot);
  const [taken] = machine.getTransitionData(snapshot, { type: event });
  const target = taken?.target?.[0];
  if (!taken || !target) return 'no-transition';
  const moves = taken.reenter || target !== taken.source;
  const actions = moves ? [...taken.source.exit, ...taken.actions, ...target.entry] : taken.actions;
  return { to: placeOf(target.key), actions: actions.map(readAction) };
}

function placeOf(key: string): Step['to'] {
  return key === 'consumed' || key === 'cancelled' ? { end: key } : { node: nodeOfStateKey(key) };
}

function readAction(action: unknown): MachineAction {
  if (isEmitted(action)) return action;
  throw new InvariantError(`Expected an action of an emitted machine, but got ${String(action)}`);
}

function isEmitted(action: unknown): action is MachineAction {
  if (typeof action !== 'object' || action === null || !('type' in action) || !('params' in action)) return false;
  const { type, params } = action;
  if (typeof params !== 'object' || params === null) return false;
  if (type === 'arrive') return 'flow' in params && typeof params.flow === 'string';
  return (type === 'activate' || type === 'deactivate') && 'node' in params && typeof params.node === 'string';
}
