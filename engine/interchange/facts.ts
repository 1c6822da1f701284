import { declaredPrefix, fullName, type Namespaces, namespacesIn, noNamespaces, splitName } from './namespaces.ts';
import { decodeEntities, elementsIn, parseXml, rootOf, textIn, type XmlElement } from './xml-tree.ts';

/**
 * Everything a document says, as one text each: an element under the nearest id above it, an attribute with its value, a text.
 * Namespaces are resolved; prefixes, order, white space and ways to write a number make no difference. Defaults are counted like
 * any other value. Empty where the document is not well-formed.
 */
export function factsOf(xml: string): readonly string[] {
  const nodes = parseXml(xml);
  const root = nodes && rootOf(nodes);
  const facts: string[] = [];
  if (root) collect(root, '', noNamespaces, facts);
  return facts;
}

function collect(element: XmlElement, parent: string, around: Namespaces, facts: string[]): void {
  const within = namespacesIn(element, around);
  const name = fullName(element.name, within, 'element');
  const id = element.attributes.get('id');
  const key = id === undefined ? `${parent}/${name}` : `#${id}`;
  facts.push(id === undefined ? key : `${parent}/${name} ${key}`);
  for (const [attribute, value] of element.attributes)
    if (declaredPrefix(attribute) === undefined)
      facts.push(`${key} @${fullName(attribute, within, 'attribute')}=${plain(decodeEntities(value), within)}`);
  const text = plain(textIn(element), within);
  if (text !== '') facts.push(`${key} says ${text}`);
  for (const child of elementsIn(element)) collect(child, key, within, facts);
}

function plain(value: string, within: Namespaces): string {
  const text = value.replace(/\s+/g, ' ').trim();
  if (/^[-+]?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(text)) return String(Number(text));
  const [prefix, local] = splitName(text);
  return prefix !== '' && within.has(prefix) && /^[\w.-]+$/.test(local) ? local : text;
}

/** What is missing in `there` of `here`, each as often as it is missing. */
export function missingFacts(here: readonly string[], there: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const fact of there) counts.set(fact, (counts.get(fact) ?? 0) + 1);
  return here.filter((fact) => {
    const left = counts.get(fact) ?? 0;
    counts.set(fact, left - 1);
    return left <= 0;
  });
}

/** The facts inside each `extensionElements`, sorted, under the key of what it extends. */
export function extensionsOf(xml: string): ReadonlyMap<string, readonly string[]> {
  const marker = '{http://www.omg.org/spec/BPMN/20100524/MODEL}extensionElements';
  const extensions = new Map<string, string[]>();
  const nodes = parseXml(xml);
  const root = nodes && rootOf(nodes);
  const visit = (element: XmlElement, parent: string, around: Namespaces): void => {
    const within = namespacesIn(element, around);
    const name = fullName(element.name, within, 'element');
    const key = element.attributes.get('id') ?? `${parent}/${name}`;
    if (name !== marker) {
      for (const child of elementsIn(element)) visit(child, key, within);
      return;
    }
    const facts = extensions.get(parent) ?? [];
    collect(element, '', around, facts);
    extensions.set(parent, facts);
  };
  if (root) visit(root, '', noNamespaces);
  return new Map([...extensions].map(([key, facts]) => [key, facts.sort()]));
}
