import type { BpmnModel } from '../bpmn/read-bpmn.ts';
import { taskOfGlobal } from '../elements/global-task/global-task.ts';
import { drawnOnly, elements } from '../elements/index.ts';
import { type BpmnElement, booleanOf, elementOf, elementsOf, idOf } from '../ir/bpmn-element.ts';
import type { Finding } from '../ir/finding.ts';

/** A process or sub-process with what lies directly in it. */
export type Container = {
  readonly element: BpmnElement;
  readonly id: string;
  readonly processId: string;
  readonly nodes: readonly BpmnElement[];
  readonly flows: readonly BpmnElement[];
  readonly eventSubProcesses: readonly BpmnElement[];
};

/** The file with its references followed: what lies where, what belongs to what. */
export type Resolved = {
  readonly model: BpmnModel;
  readonly processes: readonly Container[];
  /** Processes and sub-processes of every depth by id. */
  readonly containers: ReadonlyMap<string, Container>;
  /** Boundary events by the activity they are attached to. */
  readonly boundaries: ReadonlyMap<string, readonly BpmnElement[]>;
  /** Compensation handler by the activity it undoes. */
  readonly handlers: ReadonlyMap<string, string>;
  readonly findings: readonly Finding[];
};

const executable: ReadonlySet<string> = new Set(elements.map(({ type }) => type));

/**
 * Follows every reference; elements the engine does not execute are refused by name. `drawn`: also the processes that are not meant to run,
 * for whoever only looks at the diagram.
 */
export function resolve(model: BpmnModel, which: 'executable' | 'drawn' = 'executable'): Resolved {
  const containers = new Map<string, Container>();
  const roots = elementsOf(model.definitions, 'rootElements');
  const processes = roots
    .filter((one) => one.$type === 'bpmn:Process')
    .filter((one) => which === 'drawn' || booleanOf(one, 'isExecutable') !== false)
    .filter((one) => elementsOf(one, 'flowElements').length > 0)
    .map((one) => containerOf(one, idOf(one), containers));
  if (processes.length > 0) processes.push(...roots.flatMap((one) => callableTask(one, containers)));
  const findings = [...containers.values()].flatMap(unsupported);
  if (processes.length === 0) findings.push(noProcess(roots));
  const boundaries = boundariesOf(containers);
  return { model, processes, containers, boundaries, handlers: handlersOf(model, boundaries), findings };
}

function containerOf(element: BpmnElement, processId: string, containers: Map<string, Container>): Container {
  const inside = elementsOf(element, 'flowElements').toSorted(byId);
  const flows = inOrderOfExits(elementsOf(element, 'flowElements').filter((one) => one.$type === 'bpmn:SequenceFlow'));
  const eventSubProcesses = inside.filter(isEventSubProcess);
  const nodes = inside.filter((one) => !drawnOnly.has(one.$type) && !isEventSubProcess(one));
  const container = { element, id: idOf(element), processId, nodes, flows, eventSubProcesses };
  containers.set(container.id, container);
  for (const one of inside) if (one.get('flowElements') !== undefined) containerOf(one, processId, containers);
  return container;
}

/** A global task is a process of one node, its task. */
function callableTask(element: BpmnElement, containers: Map<string, Container>): Container[] {
  const task = taskOfGlobal(element);
  if (!task) return [];
  const id = idOf(element);
  const container = { element, id, processId: id, nodes: [task], flows: [], eventSubProcesses: [] };
  containers.set(id, container);
  return [container];
}

/** Where an element stands in the file says nothing; so what is done in turn is done by id. */
function byId(a: BpmnElement, b: BpmnElement): number {
  return idOf(a) < idOf(b) ? -1 : idOf(a) > idOf(b) ? 1 : 0;
}

/**
 * What leaves a node is an ordered collection (BPMN 2.0.2, table 8.44): its list decides which condition is asked first, not where the flows
 * stand in the file. Flows no list names keep the order of the file.
 */
function inOrderOfExits(flows: readonly BpmnElement[]): readonly BpmnElement[] {
  const place = new Map<BpmnElement, number>();
  for (const source of new Set(flows.flatMap((flow) => elementOf(flow, 'sourceRef') ?? [])))
    for (const [index, flow] of elementsOf(source, 'outgoing').entries()) place.set(flow, index);
  const placeOf = (flow: BpmnElement) => place.get(flow) ?? Number.POSITIVE_INFINITY;
  const sourceOf = (flow: BpmnElement) => elementOf(flow, 'sourceRef') ?? flow;
  return flows.toSorted(
    (a, b) => byId(sourceOf(a), sourceOf(b)) || (placeOf(a) < placeOf(b) ? -1 : placeOf(a) > placeOf(b) ? 1 : 0),
  );
}

/** Whether a sub-process is started by an event. */
export function isEventSubProcess(element: BpmnElement): boolean {
  return booleanOf(element, 'triggeredByEvent') === true;
}

function unsupported({ nodes }: Container): Finding[] {
  return nodes
    .filter((node) => !executable.has(node.$type))
    .map((node) => ({
      rule: 'unsupported-element',
      severity: 'error',
      message: `Expected elements the engine executes, but ${idOf(node)} is a ${node.$type.replace('bpmn:', '')}`,
      elementId: idOf(node),
      params: { type: node.$type },
    }));
}

function noProcess(roots: readonly BpmnElement[]): Finding {
  const drawn = roots.filter((one) => one.$type === 'bpmn:Process').map(idOf);
  const but = drawn.length === 0 ? 'there is none' : `${drawn.join(', ')} is not executable or empty`;
  const message = `Expected an executable process, but ${but}`;
  return { rule: 'no-executable-process', severity: 'error', message, elementId: drawn[0] ?? 'definitions' };
}

function boundariesOf(containers: ReadonlyMap<string, Container>): Map<string, BpmnElement[]> {
  const boundaries = new Map<string, BpmnElement[]>();
  for (const { nodes } of containers.values())
    for (const node of nodes) {
      const host = node.$type === 'bpmn:BoundaryEvent' ? elementOf(node, 'attachedToRef') : undefined;
      if (host) boundaries.set(idOf(host), [...(boundaries.get(idOf(host)) ?? []), node]);
    }
  return boundaries;
}

/** A compensation boundary event names its handler by an association, wherever in the file that is drawn and whichever way it points. */
function handlersOf(model: BpmnModel, boundaries: ReadonlyMap<string, readonly BpmnElement[]>): Map<string, string> {
  const linked = new Map<string, string[]>();
  for (const element of model.byId.values()) {
    if (element.$type !== 'bpmn:Association') continue;
    const [source, target] = [elementOf(element, 'sourceRef'), elementOf(element, 'targetRef')];
    if (!source || !target) continue;
    linked.set(idOf(source), [...(linked.get(idOf(source)) ?? []), idOf(target)]);
    linked.set(idOf(target), [...(linked.get(idOf(target)) ?? []), idOf(source)]);
  }
  const handlers = new Map<string, string>();
  for (const [host, events] of boundaries)
    for (const event of events) {
      const handler = isCompensation(event) ? linked.get(idOf(event))?.find((id) => isHandler(model, id)) : undefined;
      if (handler !== undefined) handlers.set(host, handler);
    }
  return handlers;
}

function isHandler(model: BpmnModel, id: string): boolean {
  const element = model.byId.get(id);
  return element !== undefined && executable.has(element.$type) && element.$type !== 'bpmn:BoundaryEvent';
}

/** Whether a boundary event only marks what undoes its activity. */
export function isCompensation(event: BpmnElement): boolean {
  return elementsOf(event, 'eventDefinitions').some((one) => one.$type === 'bpmn:CompensateEventDefinition');
}
