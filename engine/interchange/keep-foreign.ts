import { type Document, documentOf, meaningOf, placeIn } from './document.ts';
import { type Matches, matchElements } from './match.ts';
import {
  declaredPrefix,
  fullName,
  type Namespaces,
  namespacesIn,
  noNamespaces,
  prefixesUsed,
  splitName,
} from './namespaces.ts';
import { elementsIn, parseXml, rootOf, textIn, writeXml, type XmlElement, type XmlNode } from './xml-tree.ts';

/** Three versions of one diagram. */
export type Versions = {
  /** As its author's tool wrote it. */
  readonly source: string;
  /** The same as this editor writes it before anything was changed: what is missing here, the editor lost. */
  readonly baseline: string;
  /** As the editor writes it now: what is missing here and not in the baseline, somebody removed. */
  readonly edited: string;
};

/**
 * Carries the changes of the editor over into the author's own text. What was not touched stays as it was written, what the
 * editor cannot hold (unknown elements and attributes, unresolved references, comments, values equal to a default) among it.
 * Where one of the versions is not well-formed, the edited one is given back as it is.
 */
export function keepForeign({ source, baseline, edited }: Versions): string {
  if (edited === baseline) return source;
  const trees = [source, baseline, edited].map((xml) => parseXml(xml));
  const [sourceNodes, , editedNodes] = trees;
  const [sourceRoot, baselineRoot, editedRoot] = trees.map((nodes) => nodes && rootOf(nodes));
  if (!sourceNodes || !editedNodes || !sourceRoot || !baselineRoot || !editedRoot) return edited;
  const [from, before, now] = [documentOf(sourceRoot), documentOf(baselineRoot), documentOf(editedRoot)];
  const merge: Merge = {
    ...{ from, before, now },
    toBefore: matchElements(now, before),
    toSource: matchElements(before, from),
    fromSource: matchElements(from, before),
  };
  const root = mergeElement(merge, editedRoot, noNamespaces);
  return writeXml(sourceNodes.map((node) => (node === sourceRoot ? root : node)));
}

type Merge = {
  readonly from: Document;
  readonly before: Document;
  readonly now: Document;
  /** Edited element to the baseline's. */
  readonly toBefore: Matches;
  /** The baseline's element to the source's. */
  readonly toSource: Matches;
  /** The source's element to the baseline's. */
  readonly fromSource: Matches;
};

/** The merged form of an edited element, to stand where `around` holds. */
function mergeElement(merge: Merge, element: XmlElement, around: Namespaces): XmlElement {
  const before = merge.toBefore.get(element);
  const source = before && merge.toSource.get(before);
  if (!before || !source)
    return carried(merge.now, element, around, (inner, within) => childrenOf(merge, inner, within));
  if (meaningOf(merge.now, element) === meaningOf(merge.before, before)) return asWritten(merge.from, source, around);
  const written = asWritten(merge.from, { ...source, children: [] }, around, source);
  const head: XmlElement = { ...written, attributes: mergeAttributes(merge, element, before, source, written) };
  const within = namespacesIn(head, around);
  return { ...head, children: mergeChildren(merge, element, before, source, within) };
}

/** The source's attributes, with what was changed, added and removed since. */
function mergeAttributes(
  merge: Merge,
  element: XmlElement,
  before: XmlElement,
  source: XmlElement,
  written: XmlElement,
): ReadonlyMap<string, string> {
  const attributes = new Map(written.attributes);
  const names = writtenNames(merge.from, source);
  const nameOf = (name: string) => names.get(fullName(name, placeIn(merge.now, element).within, 'attribute')) ?? name;
  for (const [name, value] of element.attributes) {
    if (declaredPrefix(name) !== undefined) {
      if (source === merge.from.root && !attributes.has(name)) attributes.set(name, value);
    } else if (value !== before.attributes.get(name)) attributes.set(nameOf(name), value);
  }
  for (const name of before.attributes.keys())
    if (!element.attributes.has(name) && declaredPrefix(name) === undefined) attributes.delete(nameOf(name));
  return attributes;
}

/** An element's attributes as written, by full name. */
function writtenNames(document: Document, element: XmlElement): ReadonlyMap<string, string> {
  const { within } = placeIn(document, element);
  return new Map([...element.attributes.keys()].map((name) => [fullName(name, within, 'attribute'), name]));
}

function childrenOf(merge: Merge, element: XmlElement, within: Namespaces): XmlNode[] {
  return element.children.map((node) => (node.kind === 'element' ? mergeElement(merge, node, within) : node));
}

/** The edited children in their order, and between them what the editor lost, each after what it stood behind. */
function mergeChildren(
  merge: Merge,
  element: XmlElement,
  before: XmlElement,
  source: XmlElement,
  within: Namespaces,
): readonly XmlNode[] {
  if (elementsIn(source).length === 0 && textIn(element) === textIn(before) && elementsIn(element).length === 0)
    return source.children;
  const origins = element.children.map((node) => originOf(merge, node));
  const kept = new Set<XmlNode | undefined>(origins);
  const lost = new Map<XmlNode | undefined, XmlNode[]>();
  let behind: XmlNode | undefined;
  for (const node of source.children) {
    if (kept.has(node)) behind = node;
    else if (isLost(merge, node)) lost.set(behind, [...(lost.get(behind) ?? []), node]);
  }
  const restored = (after: XmlNode | undefined) =>
    (lost.get(after) ?? []).map((node) => (node.kind === 'element' ? asWritten(merge.from, node, within) : node));
  const merged = childrenOf(merge, element, within).flatMap((node, index) => {
    const origin = origins[index];
    return origin === undefined ? [node] : [node, ...restored(origin)];
  });
  return [...restored(undefined), ...merged];
}

function originOf(merge: Merge, node: XmlNode): XmlElement | undefined {
  const before = node.kind === 'element' ? merge.toBefore.get(node) : undefined;
  return before && merge.toSource.get(before);
}

/** Whether the editor cannot hold a node of the source. */
function isLost(merge: Merge, node: XmlNode): boolean {
  return node.kind === 'element' ? !merge.fromSource.has(node) : node.kind === 'comment' || node.kind === 'instruction';
}

/** An element of the source as it was written, with the namespaces it needs where it comes to stand. */
function asWritten(
  document: Document,
  element: XmlElement,
  around: Namespaces,
  place: XmlElement = element,
): XmlElement {
  return withNamespaces(element, placeIn(document, place).within, around);
}

/** An element of the edited version, with the namespaces it needs, and its children as `inside` gives them. */
function carried(
  document: Document,
  element: XmlElement,
  around: Namespaces,
  inside: (element: XmlElement, within: Namespaces) => readonly XmlNode[],
): XmlElement {
  const head = withNamespaces({ ...element, children: [] }, placeIn(document, element).within, around);
  return { ...head, children: inside(element, namespacesIn(head, around)) };
}

function withNamespaces(element: XmlElement, own: Namespaces, around: Namespaces): XmlElement {
  const needed = [...prefixesUsed(element), ...prefixesInValues(element, own)];
  const missing = needed.filter((prefix) => own.has(prefix) && own.get(prefix) !== around.get(prefix));
  if (missing.length === 0) return element;
  const declared = missing.map(
    (prefix) => [prefix === '' ? 'xmlns' : `xmlns:${prefix}`, own.get(prefix) ?? ''] as const,
  );
  return { ...element, attributes: new Map([...declared, ...element.attributes]) };
}

/** Prefixes of names that stand as values, as in `xsi:type="dc:Point"`. */
function prefixesInValues(element: XmlElement, own: Namespaces): string[] {
  return [...element.attributes.values()]
    .map((value) => splitName(value)[0])
    .filter((prefix) => prefix !== '' && own.has(prefix));
}
