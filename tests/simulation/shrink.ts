import type { Drawn } from '../oracle/generator/drawn.ts';

/** Makes a failing file smaller, step by step, as long as it fails: the smallest of which every part is needed. */
export async function shrink(file: Drawn, fails: (file: Drawn) => Promise<boolean>): Promise<Drawn> {
  for (const candidate of smallerThan(file)) if (await fails(candidate)) return shrink(candidate, fails);
  return file;
}

/** The file with one thing less, the largest things first. */
function* smallerThan(file: Drawn): Generator<Drawn> {
  const ids = [...idsOf(file)].filter((id) => id !== 'p' && id !== 'definitions');
  for (const id of ids) yield cleaned(mapped(file, (one) => (one.attributes.id === id ? undefined : one)));
  for (const id of ids) {
    const joined = bypassed(file, id);
    if (joined) yield cleaned(joined);
  }
  for (const part of parts(file)) yield cleaned(mapped(file, (one) => (one === part ? undefined : one)));
}

const looseTags =
  /:(multiInstanceLoopCharacteristics|standardLoopCharacteristics|conditionExpression|completionCondition|ioMapping|input|output)$/;

function parts(drawn: Drawn): readonly Drawn[] {
  return [...(looseTags.test(drawn.tag) ? [drawn] : []), ...elementsIn(drawn).flatMap(parts)];
}

function elementsIn({ children }: Drawn): readonly Drawn[] {
  return children.filter((child) => typeof child !== 'string');
}

function idsOf(drawn: Drawn): ReadonlySet<string> {
  return new Set([
    ...(drawn.attributes.id ? [drawn.attributes.id] : []),
    ...elementsIn(drawn).flatMap((child) => [...idsOf(child)]),
  ]);
}

function mapped(drawn: Drawn, change: (one: Drawn) => Drawn | undefined): Drawn {
  const children = drawn.children.flatMap((child): readonly (Drawn | string)[] => {
    if (typeof child === 'string') return [child];
    const changed = change(child);
    return changed ? [mapped(changed, change)] : [];
  });
  return { ...drawn, children };
}

function flowsIn(drawn: Drawn): readonly Drawn[] {
  return [...(drawn.tag === 'bpmn:sequenceFlow' ? [drawn] : []), ...elementsIn(drawn).flatMap(flowsIn)];
}

/** A node with one way in and one way out is taken out of its way. */
function bypassed(file: Drawn, id: string): Drawn | undefined {
  const flows = flowsIn(file);
  const into = flows.filter(({ attributes }) => attributes.targetRef === id);
  const out = flows.filter(({ attributes }) => attributes.sourceRef === id);
  const [last] = out;
  if (into.length === 0 || out.length !== 1 || !last) return undefined;
  const target = last.attributes.targetRef ?? '';
  return mapped(file, (one) => {
    if (one.attributes.id === id || one === last) return undefined;
    const leads = into.includes(one);
    const entered = one.attributes.id === target ? enteredBy(one, into) : one;
    return leads ? { ...one, attributes: { ...one.attributes, targetRef: target } } : entered;
  });
}

function enteredBy(node: Drawn, flows: readonly Drawn[]): Drawn {
  const incoming = flows.map(({ attributes }) => ({
    tag: 'bpmn:incoming',
    attributes: {},
    children: [attributes.id ?? ''],
  }));
  const place = node.children.findIndex((child) => typeof child !== 'string' && child.tag !== 'bpmn:extensionElements');
  const at = place === -1 ? node.children.length : place;
  return { ...node, children: [...node.children.slice(0, at), ...incoming, ...node.children.slice(at)] };
}

/** Without what refers to something that is no longer there. */
function cleaned(file: Drawn): Drawn {
  const ids = idsOf(file);
  const kept = mapped(file, (one) => (refersToNothing(one, ids) ? undefined : withoutDefault(one, ids)));
  return idsOf(kept).size === ids.size ? kept : cleaned(kept);
}

function refersToNothing({ tag, attributes, children }: Drawn, ids: ReadonlySet<string>): boolean {
  const references = ['sourceRef', 'targetRef', 'attachedToRef'].flatMap((name) => attributes[name] ?? []);
  if (tag === 'bpmn:incoming' || tag === 'bpmn:outgoing') references.push(String(children[0]));
  return references.some((id) => !ids.has(id));
}

function withoutDefault(drawn: Drawn, ids: ReadonlySet<string>): Drawn {
  const { default: flow, ...attributes } = drawn.attributes;
  return flow === undefined || ids.has(flow) ? drawn : { ...drawn, attributes };
}
