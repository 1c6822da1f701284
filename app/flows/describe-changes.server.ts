import type { FormDocument, ProcessPackage } from '../../engine/index.ts';
import { type DiagramFacts, type ElementFacts, readFacts } from './element-facts.server.ts';

/** One changed property of an element or form; an absent side was not there. */
export type ChangedProperty = { readonly property: string; readonly before?: string; readonly after?: string };

/** One thing a reviewer must look at. */
export type Change = {
  readonly what: 'element' | 'form' | 'decision' | 'layout' | 'title';
  readonly kind: 'added' | 'removed' | 'changed';
  readonly id: string;
  readonly type?: string;
  readonly name?: string;
  readonly properties: readonly ChangedProperty[];
};

const noFacts: DiagramFacts = { elements: new Map(), layout: '' };

function changedProperties(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): ChangedProperty[] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => ({ property: name, before: before.get(name), after: after.get(name) }));
}

function kindOf<T>(before: T | undefined, after: T | undefined): Change['kind'] {
  if (before === undefined) return 'added';
  return after === undefined ? 'removed' : 'changed';
}

function compareElements(before: DiagramFacts, after: DiagramFacts): Change[] {
  const ids = [...new Set([...before.elements.keys(), ...after.elements.keys()])];
  return ids.flatMap((id): Change[] => {
    const [old, now] = [before.elements.get(id), after.elements.get(id)];
    const shown: ElementFacts | undefined = now ?? old;
    const properties = old && now ? changedProperties(old.properties, now.properties) : [];
    if (!shown || (old && now && old.type === now.type && properties.length === 0)) return [];
    return [{ what: 'element', kind: kindOf(old, now), id, type: shown.type, name: shown.name, properties }];
  });
}

/** Flattens parsed JSON to pointer and value, so that two forms compare field by field. */
function flatten(value: unknown, pointer = ''): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[pointer, JSON.stringify(value)]];
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, `${pointer}/${key}`));
}

function formFacts(form: FormDocument | undefined): ReadonlyMap<string, string> {
  return new Map(form ? flatten(form) : []);
}

function compareNamed<T>(
  what: 'form' | 'decision',
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
  facts: (value: T | undefined) => ReadonlyMap<string, string>,
): Change[] {
  const ids = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return ids.flatMap((id): Change[] => {
    const [old, now] = [before[id], after[id]];
    const properties = changedProperties(facts(old), facts(now));
    if (properties.length === 0) return [];
    return [{ what, kind: kindOf(old, now), id, properties: old === undefined || now === undefined ? [] : properties }];
  });
}

/** Everything in which a flow differs from the version it would replace. Without `before`, all is new. */
export async function describeChanges(
  before: ProcessPackage | undefined,
  after: ProcessPackage,
  clinicalModdle: object,
): Promise<readonly Change[]> {
  const [old, now] = await Promise.all([
    before ? readFacts(before.bpmn, clinicalModdle) : noFacts,
    readFacts(after.bpmn, clinicalModdle),
  ]);
  const title = changedProperties(new Map(Object.entries(before?.title ?? {})), new Map(Object.entries(after.title)));
  const layoutMoved = before !== undefined && old.layout !== now.layout;
  return [
    ...(title.length > 0 && before
      ? [{ what: 'title' as const, kind: 'changed' as const, id: after.key, properties: title }]
      : []),
    ...compareElements(old, now),
    ...compareNamed('form', before?.forms ?? {}, after.forms, formFacts),
    ...compareNamed(
      'decision',
      before?.decisions ?? {},
      after.decisions,
      (xml) => new Map(xml === undefined ? [] : [['xml', xml]]),
    ),
    ...(layoutMoved ? [{ what: 'layout' as const, kind: 'changed' as const, id: after.key, properties: [] }] : []),
  ];
}
