import { BpmnModdle } from 'bpmn-moddle';
import type { Container, Flow, Mapping, Model, Node, Repeat, RepeatEvent, Trigger } from './model.ts';
import { isRecord, XmlElement } from './xml-element.ts';

const moddle = new BpmnModdle();

/** Reads any BPMN file; what it cannot execute it names when a token comes there. */
export async function readModel(xml: string): Promise<Model> {
  const { rootElement } = await moddle.fromXML(xml);
  if (!isRecord(rootElement)) throw new Error('Expected BPMN definitions');
  const roots = new XmlElement(rootElement).children('rootElements');
  const processes = roots.filter(({ name }) => name === 'process').map((one) => containerOf(one, 'process'));
  const tasks = roots.filter(({ name }) => /^global\w*Task$/.test(name)).map(callableTask);
  return { processes: new Map([...processes, ...tasks].map((one) => [one.id, one])) };
}

/** A global task is called like a process that has nothing but this task (10.3.7). */
function callableTask(element: XmlElement): Container {
  const type = element.name.replace(/^global/, '').replace(/^[A-Z]/, (letter) => letter.toLowerCase());
  const node = { ...nodeFrom(element, [], [], new Map()), type };
  return {
    id: element.id,
    kind: 'process',
    nodes: new Map([[node.id, node]]),
    handlers: [],
    sequential: false,
    cancelRemaining: true,
    data: [],
  };
}

function containerOf(element: XmlElement, kind: Container['kind']): Container {
  const content = element.children('flowElements');
  const flows = content.filter(({ name }) => name === 'sequenceFlow').map(flowOf);
  const undoing = associationsOf(element);
  const drawn = content.filter(isNode);
  const boundaries = drawn
    .filter(({ name }) => name === 'boundaryEvent')
    .map((one) => nodeFrom(one, flows, [], undoing));
  const nodes = drawn
    .filter(({ name }) => name !== 'boundaryEvent')
    .map((one) =>
      nodeFrom(
        one,
        flows,
        boundaries.filter(({ attachedTo }) => attachedTo === one.id),
        undoing,
      ),
    );
  const handlers = nodes.filter(({ inner }) => inner?.kind === 'eventSubProcess');
  return {
    id: element.id,
    kind,
    nodes: new Map([...nodes, ...boundaries].map((node) => [node.id, node])),
    handlers: handlers.sort(byId),
    sequential: element.text('ordering') === 'Sequential',
    cancelRemaining: element.text('cancelRemainingInstances') !== 'false',
    data: content.filter(({ name }) => name === 'dataObject').map((one) => one.text('name') ?? ''),
    ...optional('completionCondition', feelOf(element.body('completionCondition'))),
  };
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1;
}

function isNode({ name }: XmlElement): boolean {
  return /(Task|Gateway|Event|SubProcess|^task|^subProcess|^transaction|^callActivity)$/.test(name);
}

/** Which activity undoes what a compensation boundary event is attached to, by boundary event. */
function associationsOf(element: XmlElement): ReadonlyMap<string, string> {
  const pairs = element
    .children('artifacts')
    .filter(({ name }) => name === 'association')
    .map((one) => [one.child('sourceRef')?.id ?? '', one.child('targetRef')?.id ?? ''] as const);
  return new Map(pairs);
}

function flowOf(element: XmlElement): Flow {
  const source = element.child('sourceRef')?.id ?? '';
  const target = element.child('targetRef')?.id ?? '';
  return {
    id: element.text('id') ?? `${source}_${target}`,
    source,
    target,
    ...optional('condition', feelOf(element.body('conditionExpression'))),
  };
}

function nodeFrom(
  element: XmlElement,
  flows: readonly Flow[],
  boundaries: readonly Node[],
  undoing: ReadonlyMap<string, string>,
): Node {
  const undo = boundaries.find(({ triggers }) => triggers[0]?.kind === 'compensate');
  const kind = containerKind(element);
  const [script] = element.extensions('script');
  const [called] = element.extensions('calledElement');
  const triggers = element.children('eventDefinitions').map(triggerOf);
  return {
    id: element.id,
    type: element.name,
    incoming: flows.filter(({ target }) => target === element.id),
    outgoing: inOrder(
      element,
      flows.filter(({ source }) => source === element.id),
    ),
    triggers,
    parallelMultiple: element.text('parallelMultiple') === 'true',
    interrupting: interrupts(element, triggers),
    boundaries: boundaries.toSorted(byId),
    isHandler: element.text('isForCompensation') === 'true',
    hasJob: element.extensions('taskDefinition').length > 0,
    passesAll: called?.text('propagateAllParentVariables') !== 'false',
    bringsAll: called?.text('propagateAllChildVariables') !== 'false',
    instantiate: element.text('instantiate') === 'true',
    startsTogether: element.text('eventGatewayType') === 'Parallel',
    startQuantity: Number(element.text('startQuantity') ?? 1),
    completionQuantity: Number(element.text('completionQuantity') ?? 1),
    inputs: [...associated(element, 'dataInputAssociations'), ...element.extensions('input').map(mappingOf)],
    copies: associated(element, 'dataOutputAssociations'),
    outputs: element.extensions('output').map(mappingOf),
    ...optional('defaultFlow', element.child('default')?.id),
    ...optional('attachedTo', element.child('attachedToRef')?.id),
    ...optional('inner', kind && containerOf(element, kind)),
    ...optional('repeat', repeatOf(element.child('loopCharacteristics'))),
    ...optional('undoneBy', undo && undoing.get(undo.id)),
    ...optional('script', script && scriptOf(script)),
    ...optional('message', messageOf(element)),
    ...optional('calls', called?.text('processId') ?? element.text('calledElement')),
    ...optional('activation', feelOf(element.body('activationCondition'))),
  };
}

/** An error always interrupts, whatever its event says (BPMN 10.5.4, tables 10.86 and 10.93). */
function interrupts(element: XmlElement, [trigger]: readonly Trigger[]): boolean {
  if (trigger?.kind === 'error') return true;
  return element.text('cancelActivity') !== 'false' && element.text('isInterrupting') !== 'false';
}

/** Outgoing flows are an ordered collection (BPMN table 8.44); where the diagram does not list them, as drawn. */
function inOrder(element: XmlElement, flows: readonly Flow[]): readonly Flow[] {
  const listed = element.children('outgoing').map(({ id }) => id);
  const place = (flow: Flow) => (listed.includes(flow.id) ? listed.indexOf(flow.id) : listed.length);
  return flows.toSorted((a, b) => place(a) - place(b));
}

function containerKind(element: XmlElement): Container['kind'] | undefined {
  if (element.text('triggeredByEvent') === 'true') return 'eventSubProcess';
  const { name } = element;
  return name === 'subProcess' || name === 'transaction' || name === 'adHocSubProcess' ? name : undefined;
}

function triggerOf(element: XmlElement): Trigger {
  const kind = element.name.replace('EventDefinition', '');
  switch (kind) {
    case 'message':
      return messageOf(element) ?? { kind, name: '' };
    case 'signal':
      return { kind, name: element.child('signalRef')?.text('name') ?? '' };
    case 'timer': {
      const [cycle, date] = [element.body('timeCycle'), element.body('timeDate')];
      const form = cycle !== undefined ? 'cycle' : date !== undefined ? 'date' : 'duration';
      return { kind, form, text: cycle ?? date ?? element.body('timeDuration') ?? '' };
    }
    case 'conditional':
      return { kind, feel: feelOf(element.body('condition')) ?? 'false' };
    case 'error':
    case 'escalation':
      return { kind, ...optional('code', element.child(`${kind}Ref`)?.text(`${kind}Code`)) };
    case 'compensate':
      return { kind, ...optional('activity', element.child('activityRef')?.id) };
    case 'link':
      return { kind, name: element.text('name') ?? '' };
    case 'cancel':
    case 'terminate':
      return { kind };
    default:
      throw new Error(`Expected an event definition, but ${kind} is none`);
  }
}

function messageOf(element: XmlElement): Extract<Trigger, { kind: 'message' }> | undefined {
  const message = element.child('messageRef');
  if (!message) return undefined;
  const key = feelOf(message.extensions('subscription')[0]?.text('correlationKey'));
  return { kind: 'message', name: message.text('name') ?? '', ...optional('key', key) };
}

function repeatOf(element: XmlElement | undefined): Repeat | undefined {
  if (!element) return undefined;
  const testBefore = element.text('testBefore') === 'true';
  if (element.name === 'standardLoopCharacteristics') {
    const maximum = element.text('loopMaximum');
    return {
      kind: 'loop',
      testBefore,
      events: [],
      ...optional('loopCondition', feelOf(element.body('loopCondition'))),
      ...optional('maximum', maximum === undefined ? undefined : Number(maximum)),
    };
  }
  const [zeebe] = element.extensions('loopCharacteristics');
  return {
    kind: element.text('isSequential') === 'true' ? 'sequential' : 'parallel',
    testBefore,
    events: behaviourOf(element),
    ...optional('cardinality', feelOf(element.body('loopCardinality'))),
    ...optional('collection', feelOf(zeebe?.text('inputCollection'))),
    ...optional('element', zeebe?.text('inputElement')),
    ...optional('outputCollection', zeebe?.text('outputCollection')),
    ...optional('outputElement', feelOf(zeebe?.text('outputElement'))),
    ...optional('completionCondition', feelOf(element.body('completionCondition'))),
  };
}

/** What a multi-instance activity throws as its runs complete (10.3.8). */
function behaviourOf(element: XmlElement): readonly RepeatEvent[] {
  const referred = (name: string, when: RepeatEvent['when']) => {
    const definition = element.child(name);
    return definition ? [{ when, triggers: [triggerOf(definition)] }] : [];
  };
  switch (element.text('behavior')) {
    case 'None':
      return referred('noneBehaviorEventRef', 'each');
    case 'One':
      return referred('oneBehaviorEventRef', 'first');
    case 'Complex':
      return element.children('complexBehaviorDefinition').map((one) => ({
        when: { feel: feelOf(one.body('condition')) ?? 'false' },
        triggers: (one.child('event')?.children('eventDefinitions') ?? []).map(triggerOf),
      }));
    default:
      return [];
  }
}

function scriptOf(element: XmlElement): NonNullable<Node['script']> {
  return {
    feel: feelOf(element.text('expression')) ?? 'null',
    ...optional('variable', element.text('resultVariable')),
  };
}

function mappingOf(element: XmlElement): Mapping {
  return { source: feelOf(element.text('source')) ?? 'null', target: element.text('target') ?? '' };
}

/** Data associations of one source as it is (10.4.2). */
function associated(element: XmlElement, list: string): readonly Mapping[] {
  return element.children(list).map((one) => ({
    source: variableOf(one.children('sourceRef')[0]),
    target: variableOf(one.child('targetRef')),
  }));
}

function variableOf(end: XmlElement | undefined): string {
  return (end?.child('dataObjectRef') ?? end)?.text('name') ?? '';
}

function feelOf(text: string | undefined): string | undefined {
  return text?.trim().replace(/^=/, '').trim();
}

type Optional<K extends string, T> = { readonly [P in K]?: T };

function optional<K extends string, T>(key: K, value: T | undefined): Optional<K, T>;
function optional(key: string, value: unknown): Readonly<Record<string, unknown>> {
  return value === undefined ? {} : { [key]: value };
}
