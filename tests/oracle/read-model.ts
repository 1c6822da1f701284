import { BpmnModdle } from 'bpmn-moddle';
import type { Container, Flow, Mapping, Model, Node, Repeat, Trigger } from './model.ts';
import { isRecord, XmlElement } from './xml-element.ts';

const moddle = new BpmnModdle();

/** Reads any BPMN file; what it cannot execute it names when a token comes there. */
export async function readModel(xml: string): Promise<Model> {
  const { rootElement } = await moddle.fromXML(xml);
  if (!isRecord(rootElement)) throw new Error('Expected BPMN definitions');
  const processes = new XmlElement(rootElement).children('rootElements').filter(({ name }) => name === 'process');
  return { processes: new Map(processes.map((one) => [one.id, containerOf(one, 'process')])) };
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
    instantiate: element.text('instantiate') === 'true',
    startQuantity: Number(element.text('startQuantity') ?? 1),
    completionQuantity: Number(element.text('completionQuantity') ?? 1),
    inputs: element.extensions('input').map(mappingOf),
    outputs: element.extensions('output').map(mappingOf),
    ...optional('defaultFlow', element.child('default')?.id),
    ...optional('attachedTo', element.child('attachedToRef')?.id),
    ...optional('inner', kind && containerOf(element, kind)),
    ...optional('repeat', repeatOf(element.child('loopCharacteristics'))),
    ...optional('undoneBy', undo && undoing.get(undo.id)),
    ...optional('script', script && scriptOf(script)),
    ...optional('message', element.child('messageRef')?.text('name')),
    ...optional('calls', element.extensions('calledElement')[0]?.text('processId') ?? element.text('calledElement')),
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
    case 'signal':
      return { kind, name: element.child(`${kind}Ref`)?.text('name') ?? '' };
    case 'timer': {
      const cycle = element.body('timeCycle');
      return {
        kind,
        cycle: cycle !== undefined,
        text: cycle ?? element.body('timeDuration') ?? element.body('timeDate') ?? '',
      };
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

function repeatOf(element: XmlElement | undefined): Repeat | undefined {
  if (!element) return undefined;
  const testBefore = element.text('testBefore') === 'true';
  if (element.name === 'standardLoopCharacteristics') {
    const maximum = element.text('loopMaximum');
    return {
      kind: 'loop',
      testBefore,
      ...optional('loopCondition', feelOf(element.body('loopCondition'))),
      ...optional('maximum', maximum === undefined ? undefined : Number(maximum)),
    };
  }
  const [zeebe] = element.extensions('loopCharacteristics');
  return {
    kind: element.text('isSequential') === 'true' ? 'sequential' : 'parallel',
    testBefore,
    ...optional('cardinality', feelOf(element.body('loopCardinality'))),
    ...optional('collection', feelOf(zeebe?.text('inputCollection'))),
    ...optional('element', zeebe?.text('inputElement')),
    ...optional('outputCollection', zeebe?.text('outputCollection')),
    ...optional('outputElement', feelOf(zeebe?.text('outputElement'))),
    ...optional('completionCondition', feelOf(element.body('completionCondition'))),
  };
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

function feelOf(text: string | undefined): string | undefined {
  return text?.trim().replace(/^=/, '').trim();
}

type Optional<K extends string, T> = { readonly [P in K]?: T };

function optional<K extends string, T>(key: K, value: T | undefined): Optional<K, T>;
function optional(key: string, value: unknown): Readonly<Record<string, unknown>> {
  return value === undefined ? {} : { [key]: value };
}
