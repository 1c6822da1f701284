import { type Document, idKey, meaningOf, placeIn } from './document.ts';
import { elementsIn, type XmlElement } from './xml-tree.ts';

/** Elements of one version of a document and what each is in another version. */
export type Matches = ReadonlyMap<XmlElement, XmlElement>;

/**
 * Finds the elements of one version in another: by id wherever they stand, else below the same parent by what they say, else by
 * their order among elements of the same name.
 */
export function matchElements(from: Document, to: Document): Matches {
  const matches = new Map<XmlElement, XmlElement>();
  const open: (readonly [XmlElement, XmlElement])[] = [[from.root, to.root]];
  for (let pair = open.pop(); pair; pair = open.pop()) {
    const [element, other] = pair;
    matches.set(element, other);
    for (const [child, counterpart] of matchChildren(from, element, to, other)) open.push([child, counterpart]);
  }
  matchMoved(from, to, matches);
  return matches;
}

type Pair = readonly [XmlElement, XmlElement];

function matchChildren(from: Document, element: XmlElement, to: Document, other: XmlElement): Pair[] {
  const ours = elementsIn(element);
  const theirs = elementsIn(other);
  const pairs = new Map<XmlElement, XmlElement>();
  const take = (key: Key, otherKey: Key) => {
    const free = { ours: without(ours, pairs.keys()), theirs: without(theirs, pairs.values()) };
    for (const [one, counterpart] of matchBy(free.ours, free.theirs, key, otherKey)) pairs.set(one, counterpart);
  };
  take(identityIn(from), identityIn(to));
  take(
    (one) => meaningOf(from, one),
    (one) => meaningOf(to, one),
  );
  take(nameWithoutId(from), nameWithoutId(to));
  // An editor gives an id to what had none.
  take(nameOfStranger(from, to), nameWithoutId(to));
  take(nameWithoutId(from), nameOfStranger(to, from));
  return [...pairs];
}

/** Type and id; nothing for an element without an id. */
function identityIn(document: Document): Key {
  return (element) => {
    const { name, id } = placeIn(document, element);
    return id === undefined ? undefined : idKey(name, id);
  };
}

function nameWithoutId(document: Document): Key {
  return (element) => {
    const { name, id } = placeIn(document, element);
    return id === undefined ? name : undefined;
  };
}

/** The name of an element whose id the other document does not have. */
function nameOfStranger(document: Document, other: Document): Key {
  return (element) => {
    const { name, id } = placeIn(document, element);
    return id === undefined || other.byId.has(idKey(name, id)) ? undefined : name;
  };
}

function without(elements: readonly XmlElement[], taken: Iterable<XmlElement>): readonly XmlElement[] {
  const gone = new Set(taken);
  return elements.filter((one) => !gone.has(one));
}

/** What elements are paired by; without it an element is left out. */
type Key = (element: XmlElement) => string | undefined;

/** Pairs elements of equal keys, first with first. */
function matchBy(ours: readonly XmlElement[], theirs: readonly XmlElement[], our: Key, their: Key): Matches {
  const waiting = new Map<string, XmlElement[]>();
  for (const one of theirs) {
    const key = their(one);
    if (key === undefined) continue;
    const queue = waiting.get(key);
    if (queue) queue.push(one);
    else waiting.set(key, [one]);
  }
  const queues = new Map([...waiting].map(([key, elements]) => [key, elements.values()]));
  const pairs = new Map<XmlElement, XmlElement>();
  for (const one of ours) {
    const key = our(one);
    const next = key === undefined ? undefined : queues.get(key)?.next();
    if (next && !next.done) pairs.set(one, next.value);
  }
  return pairs;
}

/** What has an id is the same element even where it was moved below another. */
function matchMoved(from: Document, to: Document, matches: Map<XmlElement, XmlElement>): void {
  for (const [key, element] of from.byId) {
    const other = to.byId.get(key);
    if (other === undefined || matches.has(element)) continue;
    const open: Pair[] = [[element, other]];
    for (let pair = open.pop(); pair; pair = open.pop()) {
      matches.set(...pair);
      open.push(...matchChildren(from, pair[0], to, pair[1]).filter(([child]) => !matches.has(child)));
    }
  }
}
