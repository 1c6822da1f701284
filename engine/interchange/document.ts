import { declaredPrefix, fullName, type Namespaces, namespacesIn, noNamespaces } from './namespaces.ts';
import { elementsIn, type XmlElement, type XmlPiece } from './xml-tree.ts';

/** What must be known of an element to find it again in another version of its document. */
export type Place = {
  readonly element: XmlElement;
  readonly parent: XmlElement | undefined;
  readonly within: Namespaces;
  /** `{namespace}local`. */
  readonly name: string;
  /** Its id, or the id of the element it draws. */
  readonly id: string | undefined;
};

/** A document with the place of each of its elements. */
export type Document = {
  readonly root: XmlElement;
  readonly places: ReadonlyMap<XmlElement, Place>;
  /** Elements by type and id; an id that stands twice is none. */
  readonly byId: ReadonlyMap<string, XmlElement>;
  /** What was already worked out by `meaningOf`. */
  readonly meanings: Map<XmlElement, string>;
};

/** Looks at every element of a document. */
export function documentOf(root: XmlElement): Document {
  const places = new Map<XmlElement, Place>();
  const byId = new Map<string, XmlElement>();
  const twice = new Set<string>();
  const visit = (element: XmlElement, parent: XmlElement | undefined, around: Namespaces): void => {
    const within = namespacesIn(element, around);
    const name = fullName(element.name, within, 'element');
    const id = element.attributes.get('id') ?? element.attributes.get('bpmnElement');
    places.set(element, { element, parent, within, name, id });
    if (id !== undefined) {
      const key = idKey(name, id);
      if (byId.has(key)) twice.add(key);
      byId.set(key, element);
    }
    for (const child of elementsIn(element)) visit(child, element, within);
  };
  visit(root, undefined, noNamespaces);
  for (const key of twice) byId.delete(key);
  return { root, places, byId, meanings: new Map() };
}

/** The place of an element that belongs to the document. Thrown for another: `TypeError`. */
export function placeIn(document: Document, element: XmlElement): Place {
  const place = document.places.get(element);
  if (place === undefined) throw new TypeError(`Expected an element of the document, but got another ${element.name}`);
  return place;
}

/** Key of `byId`. */
export function idKey(name: string, id: string): string {
  return `${name}#${id}`;
}

/** A text that is the same for subtrees that say the same, whatever their prefixes and the white space between elements. */
export function meaningOf(document: Document, element: XmlElement): string {
  const known = document.meanings.get(element);
  if (known !== undefined) return known;
  const { name, within } = placeIn(document, element);
  const attributes = [...element.attributes]
    .filter(([attribute]) => declaredPrefix(attribute) === undefined)
    .map(([attribute, value]) => `${fullName(attribute, within, 'attribute')}=${JSON.stringify(value)}`)
    .sort();
  const children = element.children.map((child) =>
    child.kind === 'element' ? meaningOf(document, child) : textMeaning(child),
  );
  const meaning = `<${name} ${attributes.join(' ')}>${children.join('')}</>`;
  document.meanings.set(element, meaning);
  return meaning;
}

function textMeaning({ kind, source }: XmlPiece): string {
  const isText = (kind === 'text' || kind === 'cdata') && source.trim() !== '';
  return isText ? JSON.stringify(source) : '';
}
