import type { CompiledDefinition, ScopeDefinition } from '../../ir/definition.ts';
import { enclosingOf } from '../../ir/enclosing-scope.ts';

/** Which element of the new version stands for one of the old: by id. An element that is not in it has no successor. */
export type MigrationMapping = Readonly<Record<string, string>>;

/** Whether a running timer whose definition changed stays due as it is. */
export type TimerChoice = 'keep' | 'recalculate';

/** An element something of a case may be at: a flow node, a process or an event sub-process. */
export type MappableElement = {
  readonly id: string;
  /** BPMN type, e.g. `bpmn:UserTask`. */
  readonly type: string;
  readonly name?: string;
  readonly nameEn?: string;
  /** Element of the scope around it; a process has none. */
  readonly within?: string;
};

/** One line of a proposal: an element of the old version, its successor, and why it was taken. */
export type ProposedPair = {
  readonly from: MappableElement;
  readonly to?: string;
  readonly because: 'same-id' | 'same-kind-and-name' | 'only-process' | 'none';
};

/** Elements of a version that a mapping is about, in the order of the diagram. */
export function mappableElements(definition: CompiledDefinition): readonly MappableElement[] {
  const infos = new Map(definition.elements.map((info) => [info.id, info]));
  const named = (id: string, type: string, within?: string): MappableElement => {
    const { name, nameEn } = infos.get(id) ?? {};
    return { id, type, ...(name ? { name } : {}), ...(nameEn ? { nameEn } : {}), ...(within ? { within } : {}) };
  };
  return Object.values(definition.scopes)
    .filter(({ kind }) => kind !== 'body')
    .flatMap((scope) => [
      ...scopeItself(definition, scope, named),
      ...Object.values(scope.nodes).map(({ id, type }) => named(id, type, scope.elementId)),
    ]);
}

type Named = (id: string, type: string, within?: string) => MappableElement;

/** A sub-process is a node of the scope around it; processes and event sub-processes are nobody's node. */
function scopeItself(definition: CompiledDefinition, scope: ScopeDefinition, named: Named): MappableElement[] {
  const { kind, elementId, id } = scope;
  if (kind === 'process')
    return [
      {
        ...named(elementId, 'bpmn:Process'),
        ...(definition.processes[id]?.name && { name: definition.processes[id].name }),
      },
    ];
  if (kind !== 'event-sub-process') return [];
  const around = enclosingOf(definition, id)?.scope;
  return [named(elementId, 'bpmn:SubProcess', around === undefined ? undefined : definition.scopes[around]?.elementId)];
}

/** What the system would map: the same id, else the one element of the same kind and name, else nothing. People may edit it. */
export function proposeMapping(from: CompiledDefinition, to: CompiledDefinition): readonly ProposedPair[] {
  const old = mappableElements(from);
  const now = mappableElements(to);
  const ids = new Set(now.map(({ id }) => id));
  const kept = new Set(old.flatMap(({ id }) => (ids.has(id) ? [id] : [])));
  const free = now.filter(({ id }) => !kept.has(id));
  const lost = old.filter(({ id }) => !kept.has(id));
  return old.map((element) => {
    if (kept.has(element.id)) return { from: element, to: element.id, because: 'same-id' };
    const alike = onlyOne(free.filter((one) => isAlike(one, element)));
    const rival = onlyOne(lost.filter((one) => isAlike(one, element)));
    if (alike && rival) return { from: element, to: alike.id, because: 'same-kind-and-name' };
    const last = onlyOne(free.filter(isProcess));
    if (isProcess(element) && last && onlyOne(lost.filter(isProcess)))
      return { from: element, to: last.id, because: 'only-process' };
    return { from: element, because: 'none' };
  });
}

function isAlike(a: MappableElement, b: MappableElement): boolean {
  return a.type === b.type && a.name !== undefined && a.name === b.name;
}

function isProcess({ type }: MappableElement): boolean {
  return type === 'bpmn:Process';
}

function onlyOne<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined;
}

/** A proposal as a mapping. */
export function mappingOf(pairs: readonly ProposedPair[]): MigrationMapping {
  return Object.fromEntries(pairs.flatMap(({ from, to }) => (to === undefined ? [] : [[from.id, to]])));
}

/** What of a mapping names no element of its version. */
export function strangersOf(
  mapping: MigrationMapping,
  from: CompiledDefinition,
  to: CompiledDefinition,
): readonly string[] {
  const old = new Set(mappableElements(from).map(({ id }) => id));
  const now = new Set(mappableElements(to).map(({ id }) => id));
  return Object.entries(mapping).flatMap(([a, b]) => [...(old.has(a) ? [] : [a]), ...(now.has(b) ? [] : [b])]);
}
