import type { Drawn } from './drawn.ts';

/** Where a kind of element stands in a file: nodes and flows of it, by id. One that begins cases stands where they begin. */
export type Kinds = ReadonlyMap<string, ReadonlySet<string>>;

/** What kinds of elements a drawn file has, told so that a reader finds each row of BPMN's tables again. */
export function kindsIn(file: Drawn): Kinds {
  const found = new Map<string, Set<string>>();
  const add = (kind: string, id: string) => found.set(kind, (found.get(kind) ?? new Set()).add(id));
  const globals = new Map(elementsIn(file).map((one) => [one.attributes.id ?? '', localName(one)]));
  visit(file, undefined, (one, parent) => {
    for (const id of placesOf(one, parent)) for (const kind of kindsOf(one, parent, globals)) add(kind, id);
  });
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function visit(drawn: Drawn, parent: Drawn | undefined, see: (one: Drawn, parent: Drawn | undefined) => void): void {
  see(drawn, parent);
  for (const child of elementsIn(drawn)) visit(child, drawn, see);
}

function elementsIn({ children }: Drawn): readonly Drawn[] {
  return children.filter((child) => typeof child !== 'string');
}

function localName({ tag }: Drawn): string {
  return tag.slice(tag.indexOf(':') + 1);
}

/** A gateway that begins cases is never entered: a case begins at what it waits for. */
function placesOf(one: Drawn, parent: Drawn | undefined): readonly string[] {
  const { id = '' } = one.attributes;
  if (localName(one) !== 'eventBasedGateway' || one.attributes.instantiate !== 'true') return [id];
  return elementsIn(parent ?? one).flatMap(({ attributes }) =>
    attributes.sourceRef === id && attributes.targetRef !== undefined ? [attributes.targetRef] : [],
  );
}

function kindsOf(one: Drawn, parent: Drawn | undefined, globals: ReadonlyMap<string, string>): readonly string[] {
  const name = localName(one);
  const { attributes } = one;
  if (name === 'sequenceFlow') return flowKinds(one, parent);
  if (/Event$/.test(name)) return eventKinds(one, parent);
  if (attributes.triggeredByEvent === 'true') return [];
  if (/^(callActivity)$/.test(name)) return [callKind(one, globals), ...markers(one)];
  if (name === 'adHocSubProcess') return [`${name}, ${attributes.ordering ?? 'Parallel'}`, ...markers(one)];
  if (/^(task|subProcess|transaction|\w+Task)$/.test(name) && !name.startsWith('global'))
    return [name, ...markers(one)];
  if (!/Gateway$/.test(name)) return [];
  return [
    attributes.instantiate === 'true' ? `${name} that begins, ${attributes.eventGatewayType ?? 'Exclusive'}` : name,
  ];
}

function callKind(one: Drawn, globals: ReadonlyMap<string, string>): string {
  const called = elementsIn(one)
    .flatMap(elementsIn)
    .find((inner) => localName(inner) === 'calledElement');
  const id = one.attributes.calledElement ?? called?.attributes.processId ?? '';
  return `callActivity of a ${globals.get(id) ?? 'process'}`;
}

function flowKinds(flow: Drawn, parent: Drawn | undefined): readonly string[] {
  const { id } = flow.attributes;
  const isDefault = elementsIn(parent ?? flow).some(({ attributes }) => attributes.default === id);
  if (isDefault) return ['sequenceFlow, default'];
  return [elementsIn(flow).length > 0 ? 'sequenceFlow, conditional' : 'sequenceFlow'];
}

function eventKinds(event: Drawn, parent: Drawn | undefined): readonly string[] {
  const name = localName(event);
  if (name === 'event') return [];
  const what = `${placeOf(name, parent)}: ${definitionKind(event)}`;
  if (what === 'boundaryEvent: compensate') return [];
  const { cancelActivity, isInterrupting } = event.attributes;
  const keyed = isKeyed(event) ? ['message with a correlation key'] : [];
  return [cancelActivity === 'false' || isInterrupting === 'false' ? `${what}, not interrupting` : what, ...keyed];
}

function placeOf(name: string, parent: Drawn | undefined): string {
  return parent?.attributes.triggeredByEvent === 'true' && name === 'startEvent' ? 'event sub-process start' : name;
}

function definitionKind(event: Drawn): string {
  const definitions = elementsIn(event).filter((one) => localName(one).endsWith('EventDefinition'));
  const [first, second] = definitions;
  if (!first) return 'none';
  if (second) return event.attributes.parallelMultiple === 'true' ? 'parallel multiple' : 'multiple';
  const kind = localName(first).replace('EventDefinition', '');
  if (kind !== 'timer') return kind;
  return elementsIn(first)
    .map((one) => `timer ${localName(one).replace('time', '').toLowerCase()}`)
    .join();
}

function isKeyed(drawn: Drawn): boolean {
  return drawn.attributes.messageRef === 'Message_m2' || elementsIn(drawn).some(isKeyed);
}

/** What an activity is besides: repeated, undone, counting tokens, mapping data. */
function markers(activity: Drawn): readonly string[] {
  const { attributes } = activity;
  const inside = elementsIn(activity);
  const mapping = inside.flatMap((one) => (localName(one) === 'extensionElements' ? elementsIn(one) : []));
  return [
    ...inside.flatMap(loopKinds),
    ...(attributes.isForCompensation === 'true' ? ['compensation handler'] : []),
    ...(attributes.startQuantity ? ['startQuantity'] : []),
    ...(attributes.completionQuantity ? ['completionQuantity'] : []),
    ...(attributes.instantiate === 'true' ? ['receiveTask that begins'] : []),
    ...(inside.some((one) => localName(one) === 'dataInputAssociation') ? ['data objects and associations'] : []),
    ...(mapping.some((one) => localName(one) === 'ioMapping') ? ['input and output mappings'] : []),
  ];
}

function loopKinds(loop: Drawn): readonly string[] {
  const name = localName(loop);
  if (name === 'standardLoopCharacteristics') return ['standard loop'];
  if (name !== 'multiInstanceLoopCharacteristics') return [];
  const { isSequential, behavior } = loop.attributes;
  const inside = elementsIn(loop).map(localName);
  return [
    `multi-instance, ${isSequential === 'true' ? 'sequential' : 'parallel'}`,
    inside.includes('loopCardinality') ? 'multi-instance by number' : 'multi-instance by collection',
    ...(inside.includes('completionCondition') ? ['multi-instance with a completion condition'] : []),
    ...(behavior === undefined ? [] : [`multi-instance, behaviour ${behavior}`]),
  ];
}
