import { BpmnModdle } from 'bpmn-moddle';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };

/** What a diagram says of one element: property path to value, both as text. */
export type ElementFacts = {
  readonly id: string;
  readonly type: string;
  readonly name?: string;
  readonly properties: ReadonlyMap<string, string>;
};

/** A diagram as facts: its elements by id, and the drawing (shapes, edges, bounds) as one text. */
export type DiagramFacts = { readonly elements: ReadonlyMap<string, ElementFacts>; readonly layout: string };

type ModdleObject = {
  readonly $type: string;
  readonly $descriptor?: { readonly properties: readonly { readonly name: string; readonly isReference?: boolean }[] };
  readonly $attrs?: Readonly<Record<string, unknown>>;
  readonly [name: string]: unknown;
};

function isModdle(value: unknown): value is ModdleObject {
  return typeof value === 'object' && value !== null && '$type' in value;
}

function idOf(element: ModdleObject): string | undefined {
  return typeof element.id === 'string' ? element.id : undefined;
}

/** Own values of an element by property name, references as ids; unknown attributes of other vendors included. */
function valuesOf(element: ModdleObject): [string, unknown, boolean][] {
  const declared = (element.$descriptor?.properties ?? []).map((property): [string, unknown, boolean] => {
    const local = property.name.replace(/^bpmn:/, '');
    return [local, element[property.name] ?? element[local], property.isReference === true];
  });
  const generic =
    element.$descriptor?.properties === undefined
      ? Object.entries(element).filter(([name]) => !name.startsWith('$'))
      : [];
  const foreign = Object.entries(element.$attrs ?? {}).filter(([name]) => !name.startsWith('xmlns'));
  return [
    ...declared,
    ...[...generic, ...foreign].map(([name, value]): [string, unknown, boolean] => [name, value, false]),
  ];
}

/** Walks the moddle tree; an element with an id gets facts of its own, one without is told as part of its parent. */
function collect(root: ModdleObject): Map<string, ElementFacts> {
  const elements = new Map<string, ElementFacts>();
  const describe = (element: ModdleObject, path: string, properties: Map<string, string>): void => {
    for (const [name, value, isReference] of valuesOf(element)) {
      if (name === 'id' || name === 'di' || name === 'diagrams' || value === undefined || value === null) continue;
      const items = Array.isArray(value) ? value : [value];
      items.forEach((item, index) => {
        const place = `${path}${name}${items.length > 1 ? `[${index + 1}]` : ''}`;
        if (!isModdle(item)) properties.set(place, String(item));
        else if (isReference) properties.set(place, idOf(item) ?? '');
        else if (idOf(item) === undefined) {
          properties.set(place, item.$type);
          describe(item, `${place}.`, properties);
        } else own(item);
      });
    }
  };
  const own = (element: ModdleObject): void => {
    const id = idOf(element);
    if (id === undefined || elements.has(id)) return;
    const properties = new Map<string, string>();
    elements.set(id, {
      id,
      type: element.$type,
      name: typeof element.name === 'string' ? element.name : undefined,
      properties,
    });
    describe(element, '', properties);
    properties.delete('incoming');
    for (const key of [...properties.keys()]) if (/^(incoming|outgoing)(\[|$)/.test(key)) properties.delete(key);
  };
  own(root);
  return elements;
}

/**
 * Reads a diagram into facts.
 * @throws when the XML is no BPMN at all; callers show only diagrams that were read before.
 */
export async function readFacts(xml: string, clinicalModdle: object): Promise<DiagramFacts> {
  const { rootElement } = await new BpmnModdle({ zeebe, clinical: clinicalModdle }).fromXML(xml);
  if (!isModdle(rootElement)) throw new Error('Expected BPMN definitions, but the XML holds none');
  const layout = xml.slice(xml.search(/<(\w+:)?BPMNDiagram\b/) >>> 0).replace(/\s+/g, ' ');
  return { elements: collect(rootElement), layout };
}
