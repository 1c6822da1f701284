import { elementsIn, type XmlElement } from './xml-tree.ts';

/** Namespace by prefix where an element stands; the default namespace has the prefix ''. */
export type Namespaces = ReadonlyMap<string, string>;

/** What holds before a document says anything. */
export const noNamespaces: Namespaces = new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]);

/** Prefix an attribute declares; nothing for any other attribute. */
export function declaredPrefix(attribute: string): string | undefined {
  if (attribute === 'xmlns') return '';
  return attribute.startsWith('xmlns:') ? attribute.slice('xmlns:'.length) : undefined;
}

/** The namespaces inside an element, given those around it. */
export function namespacesIn(element: XmlElement, around: Namespaces): Namespaces {
  const own = [...element.attributes].flatMap(([attribute, uri]) => {
    const prefix = declaredPrefix(attribute);
    return prefix === undefined ? [] : [[prefix, uri] as const];
  });
  return own.length === 0 ? around : new Map([...around, ...own]);
}

/** Prefix and local part of a name as written. */
export function splitName(name: string): readonly [prefix: string, local: string] {
  const colon = name.indexOf(':');
  return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
}

/** `{namespace}local`, the same whatever the prefix is. An attribute without prefix belongs to its element. */
export function fullName(name: string, within: Namespaces, what: 'element' | 'attribute'): string {
  const [prefix, local] = splitName(name);
  if (prefix === '' && what === 'attribute') return local;
  return `{${within.get(prefix) ?? prefix}}${local}`;
}

/** Prefixes that names in an element and below take from outside of it. */
export function prefixesUsed(element: XmlElement, found = new Set<string>()): ReadonlySet<string> {
  const declared = new Set([...element.attributes.keys()].map(declaredPrefix));
  const names = [element.name, ...[...element.attributes.keys()].filter((name) => declaredPrefix(name) === undefined)];
  for (const [index, name] of names.entries()) {
    const [prefix] = splitName(name);
    if ((index === 0 || prefix !== '') && !declared.has(prefix)) found.add(prefix);
  }
  const inner = new Set<string>();
  for (const child of elementsIn(element)) prefixesUsed(child, inner);
  for (const prefix of inner) if (!declared.has(prefix)) found.add(prefix);
  return found;
}
