import { type BpmnElement, isElement } from '../../ir/bpmn-element.ts';

/** Engines whose words are known, by the namespace they write them in. */
const engines: ReadonlyMap<string, string> = new Map([
  ['http://camunda.org/schema/1.0/bpmn', 'camunda'],
  ['http://operaton.org/schema/1.0/bpmn', 'operaton'],
  ['http://activiti.org/bpmn', 'activiti'],
  ['http://flowable.org/bpmn', 'flowable'],
  ['http://www.jboss.org/drools', 'jbpm'],
]);

/** One attribute or element another engine put on an element of BPMN. */
export type ForeignWord = {
  readonly engine: string;
  /** Name as written. */
  readonly name: string;
  /** Name without prefix; the tables go by it. */
  readonly local: string;
};

/** An attribute with its value. */
export type ForeignAttribute = ForeignWord & { readonly value: string };

/** An element with what is in it. Elements of no known engine, such as a list inside a parameter, have the engine around them. */
export type ForeignElement = ForeignWord & {
  readonly attributes: Readonly<Record<string, string>>;
  readonly body: string;
  readonly children: readonly ForeignElement[];
};

/** The attributes known engines put on an element. */
export function foreignAttributes(element: BpmnElement): readonly ForeignAttribute[] {
  return Object.entries(attributesOf(element)).flatMap(([name, value]) => {
    const [prefix = '', local] = name.split(':');
    const engine = local === undefined || prefix === 'xmlns' ? undefined : engines.get(namespaceOf(element, prefix));
    return engine === undefined || local === undefined ? [] : [{ engine, name, local, value }];
  });
}

/** The extension elements of known engines on an element. */
export function foreignElements(element: BpmnElement): readonly ForeignElement[] {
  const extensions = element.get('extensionElements');
  const values: unknown = isElement(extensions) ? extensions.get('values') : [];
  return (Array.isArray(values) ? values : []).flatMap((value: unknown) => {
    if (typeof value !== 'object' || value === null) return [];
    const engine = engines.get(textAt(Reflect.get(Object(Reflect.get(value, '$descriptor')), 'ns'), 'uri'));
    return engine === undefined ? [] : [elementFrom(value, engine)];
  });
}

function elementFrom(value: object, engine: string): ForeignElement {
  const name = textAt(value, '$type');
  const children: unknown = Reflect.get(value, '$children');
  const attributes = Object.entries(value).filter(
    (entry): entry is [string, string] => !entry[0].startsWith('$') && typeof entry[1] === 'string',
  );
  return {
    engine,
    name,
    local: name.slice(name.indexOf(':') + 1),
    attributes: Object.fromEntries(attributes),
    body: textAt(value, '$body').trim(),
    children: (Array.isArray(children) ? children : [])
      .filter((child: unknown): child is object => typeof child === 'object' && child !== null)
      .map((child) => elementFrom(child, engine)),
  };
}

function attributesOf(element: object): Readonly<Record<string, string>> {
  const attributes: unknown = Reflect.get(element, '$attrs');
  if (typeof attributes !== 'object' || attributes === null) return {};
  return Object.fromEntries(Object.entries(attributes).filter((entry) => typeof entry[1] === 'string'));
}

function namespaceOf(element: object, prefix: string): string {
  for (let one: unknown = element; typeof one === 'object' && one !== null; one = Reflect.get(one, '$parent')) {
    const declared = attributesOf(one)[`xmlns:${prefix}`];
    if (declared !== undefined) return declared;
  }
  return '';
}

function textAt(value: unknown, name: string): string {
  const text: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  return typeof text === 'string' ? text : '';
}
