import type { CompiledDefinition, ScopeDefinition } from '../../ir/definition.ts';
import type { IrNode, Trigger } from '../../ir/kernel.ts';
import { flowsOut } from '../../ir/routing.ts';
import { writtenText } from '../../ir/value-source.ts';

/** A node and the scope it lies in. */
export type Place = { readonly scope: ScopeDefinition; readonly node: IrNode };

/** Every node of a definition, once: the inside of a repeated activity stands for it. */
export function placesOf(definition: CompiledDefinition): readonly Place[] {
  return Object.values(definition.scopes).flatMap((scope) =>
    Object.values(scope.nodes).flatMap((node) => (node.repeat ? [] : [{ scope, node }])),
  );
}

/**
 * The nodes a place lies in, from the inside out: itself, the repeated activity, the sub-process, and for a called process every call of it in
 * turn. One list for each way in; a process that nothing calls ends its list.
 */
export function enclosing(definition: CompiledDefinition, place: Place): readonly (readonly Place[])[] {
  return climb(definition, place, new Set());
}

function climb(definition: CompiledDefinition, place: Place, seen: ReadonlySet<string>): readonly (readonly Place[])[] {
  if (seen.has(place.scope.id)) return [[place]];
  const hosts = hostsOf(definition).get(place.scope.id) ?? [];
  if (hosts.length === 0) return [[place]];
  const further = new Set([...seen, place.scope.id]);
  return hosts.flatMap((host) => climb(definition, host, further)).map((way) => [place, ...way]);
}

type Hosts = ReadonlyMap<string, readonly Place[]>;

const knownHosts = new WeakMap<CompiledDefinition, Hosts>();

/** Nodes that run a scope, by its id. */
function hostsOf(definition: CompiledDefinition): Hosts {
  const known = knownHosts.get(definition);
  if (known) return known;
  const all = Object.values(definition.scopes).flatMap((scope) =>
    Object.values(scope.nodes).flatMap((node) => {
      const run = scopeRunBy(node);
      return run === undefined ? [] : [{ run, place: { scope, node } }];
    }),
  );
  const hosts = new Map(
    [...Map.groupBy(all, ({ run }) => run)].map(([run, some]) => [run, some.map((one) => one.place)]),
  );
  knownHosts.set(definition, hosts);
  return hosts;
}

/** Scope a node runs: the body of a repetition, a sub-process, a called process (whose scope has its id). */
function scopeRunBy({ body, repeat }: IrNode): string | undefined {
  if (repeat) return repeat.scope;
  if (body.kind === 'scope') return body.scope;
  return body.kind === 'call' ? writtenText(body.processId) : undefined;
}

/** Scope in which an event sub-process waits. */
export function scopeAround(definition: CompiledDefinition, eventScope: string): ScopeDefinition | undefined {
  return Object.values(definition.scopes).find(({ eventScopes }) =>
    eventScopes.some(({ scope }) => scope === eventScope),
  );
}

/** Whether a trigger is, or may be, a time. */
export function isTimed(trigger: Trigger): boolean {
  if (trigger.kind === 'any' || trigger.kind === 'all') return trigger.triggers.some(isTimed);
  return trigger.kind === 'timer';
}

/** Nodes that can be reached along flows without passing a node at which `stops` holds; such a node is not among them. */
export function reachedWithout(
  scope: ScopeDefinition,
  from: readonly string[],
  stops: (node: IrNode) => boolean,
): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [...from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = scope.nodes[id];
    if (!node || reached.has(id) || stops(node)) continue;
    reached.add(id);
    for (const { to } of flowsOut(scope, id)) open.push(to);
  }
  return reached;
}
