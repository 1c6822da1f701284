import type { CompiledDefinition } from './definition.ts';

/** What a scope runs for: an activity's body, one run of a repeated activity, or an event sub-process by its start event. */
export type Enclosing = {
  /** Scope around it. */
  readonly scope: string;
  /** Its activity, or its start event. */
  readonly node: string;
  readonly as: 'body' | 'run' | 'event-scope';
};

const known = new WeakMap<CompiledDefinition, ReadonlyMap<string, Enclosing>>();

/** Where a scope lies in the diagram; a process lies nowhere. */
export function enclosingOf(definition: CompiledDefinition, scope: string): Enclosing | undefined {
  const found = known.get(definition) ?? readAll(definition);
  known.set(definition, found);
  return found.get(scope);
}

function readAll(definition: CompiledDefinition): Map<string, Enclosing> {
  const all = new Map<string, Enclosing>();
  for (const { id: scope, nodes, eventScopes } of Object.values(definition.scopes)) {
    for (const { id: node, body, repeat } of Object.values(nodes)) {
      if (repeat) all.set(repeat.scope, { scope, node, as: 'run' });
      else if (body.kind === 'scope') all.set(body.scope, { scope, node, as: 'body' });
    }
    for (const { scope: inner, start } of eventScopes) all.set(inner, { scope, node: start, as: 'event-scope' });
  }
  return all;
}

/** The scope a person sees a node in: the run of a repeated activity holds its node once more and does not count. */
export function scopeOfNode(definition: CompiledDefinition, node: string): string | undefined {
  return Object.values(definition.scopes).find(({ kind, nodes }) => kind !== 'body' && Object.hasOwn(nodes, node))?.id;
}
