import { rememberedKeys } from '../elements/correlation/correlation.ts';
import { dataMappingsOf } from '../elements/data-association/data-association.ts';
import { variableOf } from '../elements/data-association/data-variable.ts';
import { type ElementLowering, type LowerContext, type Lowering, passing, refusal } from '../elements/element.ts';
import { elements, loops } from '../elements/index.ts';
import { mappingsOf } from '../elements/io-mapping.ts';
import {
  type BpmnElement,
  bodyOf,
  booleanOf,
  elementOf,
  elementsOf,
  idOf,
  integerOf,
  nameEnOf,
  nameOf,
} from '../ir/bpmn-element.ts';
import type { ScopeDefinition } from '../ir/definition.ts';
import type { Finding } from '../ir/finding.ts';
import type { EventScope, IrNode, Repeat, WrittenAdHoc } from '../ir/kernel.ts';
import { feelOf } from '../ir/value-source.ts';
import { type Container, isCompensation, type Resolved } from './1-resolve.ts';
import { definitionsOf, throwOf, triggerOf } from './event-definitions.ts';

/** A scope lowered to the kernel, its flows still to be emitted as a machine. */
export type LoweredScope = Omit<ScopeDefinition, 'machine'> & { readonly flows: readonly LoweredFlow[] };

/** A sequence flow: the only place where one is written down besides the emitted machine. */
export type LoweredFlow = { readonly id: string; readonly from: string; readonly to: string };

/** A container and the conditions of the flows out of each of its nodes. */
type Place = Container & { readonly conditions: ReadonlyMap<string, Readonly<Record<string, string>>> };

type Lowerer = { readonly resolved: Resolved; readonly scopes: LoweredScope[]; readonly findings: Finding[] };

const byType: ReadonlyMap<string, ElementLowering> = new Map(elements.map((one) => [one.type, one]));

/** Lowers every process with all that lies in it. */
export function lower(resolved: Resolved): {
  readonly scopes: readonly LoweredScope[];
  readonly findings: readonly Finding[];
} {
  const lowerer: Lowerer = { resolved, scopes: [], findings: [] };
  for (const container of resolved.processes) lowerContainer(lowerer, container, 'process');
  return { scopes: lowerer.scopes, findings: lowerer.findings };
}

function lowerContainer(
  lowerer: Lowerer,
  container: Container,
  kind: ScopeDefinition['kind'],
  adHoc?: WrittenAdHoc,
): string {
  const context = contextFor(lowerer, container);
  const flows = container.flows.flatMap(flowOf);
  const place = { ...container, conditions: conditionsIn(container) };
  const nodes = container.nodes.filter(isNode).flatMap((element) => lowerNode(lowerer, place, element, context) ?? []);
  lowerer.scopes.push({
    id: container.id,
    kind,
    processId: container.processId,
    elementId: container.id,
    ...beginningOf(lowerer, container, flows, kind, adHoc),
    nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
    flowOrder: flows.map(({ id }) => id),
    ...(kind === 'process' ? {} : dataIn(container.element)),
    eventScopes: container.eventSubProcesses.flatMap((one) => eventScopeOf(lowerer, one, context) ?? []),
    flows,
  });
  return container.id;
}

/** Variables a sub-process declares. */
function dataIn(element: BpmnElement): Pick<ScopeDefinition, 'data'> {
  const objects = elementsOf(element, 'flowElements').filter((one) => one.$type === 'bpmn:DataObject');
  const data = [...objects, ...elementsOf(element, 'properties')].flatMap((one) => variableOf(one) ?? []);
  return data.length === 0 ? {} : { data: [...new Set(data)].sort() };
}

/** A compensation boundary event is never entered: it only names the handler. */
function isNode(element: BpmnElement): boolean {
  return !(element.$type === 'bpmn:BoundaryEvent' && isCompensation(element));
}

function contextFor(lowerer: Lowerer, container: Container): LowerContext {
  const context: LowerContext = {
    report: (finding) => lowerer.findings.push(finding),
    lowerScope: (inner, adHoc) => {
      const found = lowerer.resolved.containers.get(idOf(inner));
      return found ? lowerContainer(lowerer, found, 'sub-process', adHoc) : idOf(inner);
    },
    triggerOf: (event) => triggerOf(event, context),
    throwOf: (event) => throwOf(event, context),
    linkTarget: (name) => linkTarget(container, name),
  };
  return context;
}

function linkTarget(container: Container, name: string): string | undefined {
  const target = container.nodes.find(
    (node) =>
      node.$type === 'bpmn:IntermediateCatchEvent' &&
      definitionsOf(node).some((one) => one.$type === 'bpmn:LinkEventDefinition' && nameOf(one) === name),
  );
  return target && idOf(target);
}

function flowOf(flow: BpmnElement): LoweredFlow[] {
  const [from, to] = [elementOf(flow, 'sourceRef'), elementOf(flow, 'targetRef')];
  return from && to ? [{ id: idOf(flow), from: idOf(from), to: idOf(to) }] : [];
}

function lowerNode(
  lowerer: Lowerer,
  container: Place,
  element: BpmnElement,
  context: LowerContext,
): IrNode | undefined {
  const lowering = byType.get(element.$type)?.lower(element, context);
  if (!lowering) return undefined;
  const node = plainNode(lowerer, container, element, lowering, context);
  const loop = elementOf(element, 'loopCharacteristics');
  return loop ? repeated(lowerer, container, element, node, loop, context) : node;
}

function plainNode(
  lowerer: Lowerer,
  container: Place,
  element: BpmnElement,
  lowering: Lowering,
  context: LowerContext,
): IrNode {
  const id = idOf(element);
  const { handlers, boundaries } = lowerer.resolved;
  const handler = handlers.get(id);
  const defaultFlow = elementOf(element, 'default');
  return {
    id,
    type: element.$type,
    ...namesOf(element),
    split: 'conditional',
    conditions: container.conditions.get(id) ?? {},
    ...(defaultFlow ? { defaultFlow: idOf(defaultFlow) } : {}),
    ...movesOf(element, context),
    ...lowering,
    ...quantitiesOf(lowerer, element),
    boundaries: (boundaries.get(id) ?? []).filter(isNode).map(idOf),
    ...(handler === undefined ? {} : { compensatedBy: handler }),
    ...(booleanOf(element, 'isForCompensation') === true ? { isCompensation: true } : {}),
  };
}

/** What comes in and goes out: data associations first, then the mappings of our own dialect, which may build on them. */
function movesOf(element: BpmnElement, context: LowerContext): Pick<IrNode, 'inputs' | 'outputs' | 'results'> {
  const { inputs, outputs } = mappingsOf(element);
  const data = dataMappingsOf(element, context);
  const results = [...rememberedKeys(element), ...data.results];
  return { inputs: [...data.inputs, ...inputs], outputs, ...(results.length === 0 ? {} : { results }) };
}

/** How many tokens an activity takes and gives. */
function quantitiesOf(lowerer: Lowerer, element: BpmnElement): Pick<IrNode, 'join' | 'completionQuantity'> {
  const quantity = (name: string): number => {
    const number = integerOf(element, name) ?? 1;
    if (number < 1)
      lowerer.findings.push(refusal('quantity', idOf(element), `a ${name} of 1 or more`, `it is ${number}`, name));
    return number;
  };
  const [start, completion] = [quantity('startQuantity'), quantity('completionQuantity')];
  return {
    ...(start > 1 ? { join: { kind: 'quantity', count: start } } : {}),
    ...(completion > 1 ? { completionQuantity: completion } : {}),
  };
}

/** Names for screens; absent where the element has none. */
export function namesOf(element: BpmnElement): { readonly name?: string; readonly nameEn?: string } {
  const [name, nameEn] = [nameOf(element), nameEnOf(element)];
  return { ...(name === undefined ? {} : { name }), ...(nameEn === undefined ? {} : { nameEn }) };
}

/** Conditions of the flows out of each node. Gathered once a container: a search a node would make large diagrams slow. */
function conditionsIn(container: Container): ReadonlyMap<string, Record<string, string>> {
  const conditions = new Map<string, Record<string, string>>();
  for (const flow of container.flows) {
    const source = elementOf(flow, 'sourceRef');
    const body = bodyOf(flow, 'conditionExpression');
    if (!source || body === undefined) continue;
    const known = conditions.get(idOf(source)) ?? {};
    known[idOf(flow)] = feelOf(body);
    conditions.set(idOf(source), known);
  }
  return conditions;
}

/** A repeated activity: outside one node that counts, inside a scope of one node, the activity itself, for each run. */
function repeated(
  lowerer: Lowerer,
  container: Container,
  element: BpmnElement,
  node: IrNode,
  loop: BpmnElement,
  context: LowerContext,
): IrNode | undefined {
  const scope = `${node.id}#body`;
  const repeat: Repeat | undefined = loops
    .find(({ type }) => type === loop.$type)
    ?.lower(loop, element, scope, context);
  if (!repeat) return undefined;
  const { compensatedBy: _, join: __, defaultFlow: ___, completionQuantity: ____, ...inner } = node;
  const { results: _____, ...outer } = node;
  lowerer.scopes.push({
    id: scope,
    kind: 'body',
    processId: container.processId,
    elementId: node.id,
    starts: [node.id],
    nodes: { [node.id]: { ...inner, conditions: {}, boundaries: [] } },
    flowOrder: [],
    eventScopes: [],
    flows: [],
  });
  return { ...outer, body: passing, inputs: [], outputs: [], repeat };
}

function eventScopeOf(lowerer: Lowerer, element: BpmnElement, context: LowerContext): EventScope | undefined {
  const container = lowerer.resolved.containers.get(idOf(element));
  const start = container?.nodes.find((node) => node.$type === 'bpmn:StartEvent');
  if (!container || !start) return undefined;
  const scope = lowerContainer(lowerer, container, 'event-sub-process');
  const trigger = triggerOf(start, context);
  if (!trigger) return undefined;
  const interrupting = trigger.kind === 'error' || booleanOf(start, 'isInterrupting') !== false;
  return { scope, start: idOf(start), trigger, interrupting };
}

/** Where a scope begins by itself, or (ad-hoc) what may be entered in it. */
function beginningOf(
  lowerer: Lowerer,
  container: Container,
  flows: readonly LoweredFlow[],
  kind: ScopeDefinition['kind'],
  adHoc: WrittenAdHoc | undefined,
): Pick<ScopeDefinition, 'starts' | 'adHoc'> {
  if (!adHoc) return { starts: startsOf(lowerer, container, flows, kind) };
  const activities = new Set(container.nodes.filter(isActivity).map(idOf));
  const free = unreached(lowerer, container, flows).filter((id) => activities.has(id));
  return { starts: [], adHoc: { ...adHoc, activities: free, askedAfter: [...activities] } };
}

function isActivity({ $type }: BpmnElement): boolean {
  return !/(Event|Gateway)$/.test($type);
}

/** Plain start events; where none is drawn at all, every node no flow leads to (BPMN 2.0, 10.3.1). */
function startsOf(
  lowerer: Lowerer,
  container: Container,
  flows: readonly LoweredFlow[],
  kind: ScopeDefinition['kind'],
): string[] {
  const drawn = container.nodes.filter((node) => node.$type === 'bpmn:StartEvent');
  if (kind === 'event-sub-process') return drawn.map(idOf);
  if (drawn.length > 0) return drawn.filter((node) => definitionsOf(node).length === 0).map(idOf);
  return unreached(lowerer, container, flows);
}

/** Nodes no flow leads to, which may begin. */
function unreached(lowerer: Lowerer, container: Container, flows: readonly LoweredFlow[]): string[] {
  const reached = new Set(flows.map(({ to }) => to));
  const handlers = new Set(lowerer.resolved.handlers.values());
  return container.nodes
    .filter((node) => !reached.has(idOf(node)) && !handlers.has(idOf(node)) && beginsAlone(node))
    .map(idOf);
}

function beginsAlone(node: BpmnElement): boolean {
  const isLinkTarget =
    node.$type === 'bpmn:IntermediateCatchEvent' &&
    elementsOf(node, 'eventDefinitions').some((one) => one.$type === 'bpmn:LinkEventDefinition');
  const startsCases = booleanOf(node, 'instantiate') === true;
  const isHandler = booleanOf(node, 'isForCompensation') === true;
  return node.$type !== 'bpmn:BoundaryEvent' && !isHandler && !isLinkTarget && !startsCases;
}
