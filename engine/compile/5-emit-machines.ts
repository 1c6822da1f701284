import type { MachineConfig, MachineState, MachineTransition } from '../ir/machine.ts';
import { enterEvent, stateKey, takeEvent } from '../ir/state-key.ts';
import type { LoweredFlow, LoweredScope } from './3-lower.ts';

/** XState stops a machine that never comes to rest; ours rests after one step, so this is only a belt. */
const options = { maxIterations: 100 };

/**
 * Emits a scope as one flat XState machine of which a token is an actor: a state a flow node, a transition a sequence flow. `enter` exists only
 * in the inert state `new`; every live state can be cancelled and consumed; final states accept nothing.
 */
export function emitMachine(scope: LoweredScope): MachineConfig {
  const ids = Object.keys(scope.nodes);
  const leaving = Map.groupBy(scope.flows, ({ from }) => from);
  return {
    id: stateKey(scope.id),
    initial: 'new',
    options,
    states: {
      new: { on: Object.fromEntries(ids.map((id) => [enterEvent(id), { target: stateKey(id) }])) },
      ...Object.fromEntries(ids.map((id) => [stateKey(id), nodeState(scope, id, leaving.get(id) ?? [])])),
      consumed: { type: 'final' },
      cancelled: { type: 'final' },
    },
  };
}

function nodeState(scope: LoweredScope, id: string, leaving: readonly LoweredFlow[]): MachineState {
  const flows = leaving.filter(({ to }) => Object.hasOwn(scope.nodes, to));
  return {
    entry: [{ type: 'activate', params: { node: id } }],
    exit: [{ type: 'deactivate', params: { node: id } }],
    on: {
      ...Object.fromEntries(flows.map((flow) => [takeEvent(flow.id), along(flow.id, flow.to, flow.to === id)])),
      consume: { target: 'consumed' },
      cancel: { target: 'cancelled' },
    },
  };
}

function along(flow: string, to: string, toItself: boolean): MachineTransition {
  return {
    target: stateKey(to),
    ...(toItself ? { reenter: true as const } : {}),
    actions: [{ type: 'arrive', params: { flow } }],
  };
}
