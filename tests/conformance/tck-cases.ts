import type { Json } from '../../engine/core/json.ts';

/** One case of the DMN test kit: named inputs and what named decisions must answer. */
export type TckCase = {
  readonly id: string;
  readonly inputs: Readonly<Record<string, Json>>;
  readonly results: readonly { readonly name: string; readonly expected: Json }[];
};

type Element = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
};

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decoded(text: string): string {
  return text.replace(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}

function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/([\w:-]+)\s*=\s*"([^"]*)"/g)].map(([, name, value]) => [name ?? '', decoded(value ?? '')]),
  );
}

/** The test kit's files use plain elements, attributes and text only; this reads just those. */
function parseXml(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open: Element[] = [root];
  const plain = xml.replace(/<\?[\s\S]*?\?>|<!--[\s\S]*?-->/g, '');
  for (const [, closing, name, attributes, empty, text] of plain.matchAll(/<(\/?)([\w:-]+)([^>]*?)(\/?)>([^<]*)/g)) {
    if (closing === '/') open.pop();
    else {
      const element: Element = {
        name: name?.replace(/^.*:/, '') ?? '',
        attributes: attributesOf(attributes ?? ''),
        children: [],
        text: '',
      };
      open.at(-1)?.children.push(element);
      if (empty !== '/') open.push(element);
    }
    const current = open.at(-1);
    if (current) current.text += decoded(text ?? '');
  }
  return root;
}

function childrenNamed(element: Element, name: string): Element[] {
  return element.children.filter((child) => child.name === name);
}

function jsonOf(element: Element): Json {
  const components = childrenNamed(element, 'component');
  if (components.length > 0) {
    return Object.fromEntries(components.map((component) => [component.attributes.name ?? '', jsonOf(component)]));
  }
  const [list] = childrenNamed(element, 'list');
  if (list) return childrenNamed(list, 'item').map(jsonOf);
  const [value] = childrenNamed(element, 'value');
  if (!value || value.attributes['xsi:nil'] === 'true') return null;
  const type = value.attributes['xsi:type']?.replace(/^.*:/, '');
  if (type === 'boolean') return value.text.trim() === 'true';
  if (type === 'decimal' || type === 'double' || type === 'integer') return Number(value.text);
  return value.text;
}

/** Reads a test file. */
export function tckCases(xml: string): readonly TckCase[] {
  const [root] = parseXml(xml).children;
  return childrenNamed(root ?? parseXml(''), 'testCase').map((testCase) => ({
    id: testCase.attributes.id ?? '',
    inputs: Object.fromEntries(
      childrenNamed(testCase, 'inputNode').map((input) => [input.attributes.name ?? '', jsonOf(input)]),
    ),
    results: childrenNamed(testCase, 'resultNode').map((result) => {
      const [expected] = childrenNamed(result, 'expected');
      return { name: result.attributes.name ?? '', expected: expected ? jsonOf(expected) : null };
    }),
  }));
}
