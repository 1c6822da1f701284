import type { CompiledDefinition, ScopeDefinition } from '../../engine/index.ts';
import type { Seeded } from './seeded.ts';

/** A diagram with one fault drawn into it, and what was done. */
export type Mutant = { readonly bpmn: string; readonly what: string };

/** A process to draw faults into: its text with the processes it calls and without the drawing, and what it compiles to. */
export type Original = {
  readonly key: string;
  /** Process the faults are drawn into. */
  readonly processId: string;
  readonly bpmn: string;
  readonly definition: CompiledDefinition;
};

type Mutation = (original: Original, scope: ScopeDefinition, draw: Seeded) => Mutant | undefined;

/** Draws one fault, somewhere, of one of the kinds people make. Nothing where the place drawn has no such thing. */
export function mutate(original: Original, draw: Seeded): Mutant | undefined {
  const { scopes } = original.definition;
  const scope = draw.pick(
    Object.values(scopes).filter(
      ({ kind, nodes, processId }) =>
        processId === original.processId && kind !== 'body' && Object.keys(nodes).length > 2,
    ),
  );
  const mutation = draw.pick(mutations);
  return scope && mutation?.(original, scope, draw);
}

/** Leaves out the drawing and the flows noted at nodes, which say nothing the flows do not. */
export function withoutDrawing(bpmn: string): string {
  return bpmn
    .replace(/<bpmndi:BPMNDiagram[\s\S]*<\/bpmndi:BPMNDiagram>/, '')
    .replace(/\s*<bpmn:(incoming|outgoing)>[^<]*<\/bpmn:\1>/g, '');
}

const removeFlow: Mutation = ({ bpmn }, { flowOrder }, draw) => {
  const flow = draw.pick(flowOrder);
  return flow === undefined ? undefined : { bpmn: withoutElement(bpmn, flow), what: `without flow ${flow}` };
};

function retarget(end: 'sourceRef' | 'targetRef'): Mutation {
  return ({ bpmn }, { flowOrder, nodes }, draw) => {
    const [flow, to] = [draw.pick(flowOrder), draw.pick(Object.keys(nodes))];
    if (flow === undefined || to === undefined) return undefined;
    return { bpmn: withAttribute(bpmn, flow, end, to), what: `flow ${flow} with ${end} ${to}` };
  };
}

const addFlow: Mutation = ({ bpmn }, { flowOrder, nodes }, draw) => {
  const [beside, from, to] = [draw.pick(flowOrder), draw.pick(Object.keys(nodes)), draw.pick(Object.keys(nodes))];
  const text = beside === undefined ? undefined : elementText(bpmn, beside);
  if (text === undefined || from === undefined || to === undefined) return undefined;
  const isGateway = nodes[from]?.split === 'exclusive' || nodes[from]?.split === 'inclusive';
  const condition = isGateway ? '<bpmn:conditionExpression>=added</bpmn:conditionExpression>' : '';
  const added = `<bpmn:sequenceFlow id="Added" sourceRef="${from}" targetRef="${to}">${condition}</bpmn:sequenceFlow>`;
  return { bpmn: bpmn.replace(text, () => text + added), what: `with a flow from ${from} to ${to}` };
};

const gateways = ['exclusiveGateway', 'parallelGateway', 'inclusiveGateway'];

const swapGateway: Mutation = ({ bpmn }, { nodes }, draw) => {
  const gateway = draw.pick(Object.values(nodes).filter(({ type }) => gateways.includes(type.slice('bpmn:'.length))));
  const text = gateway && elementText(bpmn, gateway.id);
  if (!gateway || !text) return undefined;
  const old = gateway.type.slice('bpmn:'.length);
  const type = draw.pick(gateways.filter((one) => one !== old)) ?? old;
  const renamed = text.replaceAll(`bpmn:${old}`, `bpmn:${type}`);
  const swapped = type === 'parallelGateway' ? renamed.replace(/ default="[^"]*"/, '') : renamed;
  return { bpmn: bpmn.replace(text, () => swapped), what: `${gateway.id} as ${type}` };
};

/** A task where a gateway was: several ways in run it several times, several ways out are all taken. */
const gatewayToTask: Mutation = ({ bpmn }, { nodes }, draw) => {
  const gateway = draw.pick(Object.values(nodes).filter(({ type }) => gateways.includes(type.slice('bpmn:'.length))));
  const text = gateway && elementText(bpmn, gateway.id);
  if (!gateway || !text) return undefined;
  return {
    bpmn: bpmn.replace(text, () => text.replaceAll(gateway.type, 'bpmn:manualTask')),
    what: `${gateway.id} as a task`,
  };
};

const moveBoundary: Mutation = ({ bpmn }, { nodes }, draw) => {
  const event = draw.pick(Object.values(nodes).filter(({ boundary }) => boundary));
  const host = draw.pick(Object.values(nodes).filter(({ type }) => /Task|Activity|SubProcess/.test(type)));
  if (!event || !host) return undefined;
  return { bpmn: withAttribute(bpmn, event.id, 'attachedToRef', host.id), what: `${event.id} on ${host.id}` };
};

const toggleInterrupting: Mutation = ({ bpmn }, { nodes }, draw) => {
  const event = draw.pick(Object.values(nodes).filter(({ boundary }) => boundary));
  if (!event?.boundary) return undefined;
  const value = String(!event.boundary.interrupting);
  return {
    bpmn: withAttribute(bpmn, event.id, 'cancelActivity', value),
    what: `${event.id} with cancelActivity ${value}`,
  };
};

const toggleEventSubProcess: Mutation = ({ bpmn }, { eventScopes }, draw) => {
  const one = draw.pick(eventScopes);
  if (!one) return undefined;
  const value = String(!one.interrupting);
  return {
    bpmn: withAttribute(bpmn, one.start, 'isInterrupting', value),
    what: `${one.start} with isInterrupting ${value}`,
  };
};

const dropEnding: Mutation = ({ bpmn }, { nodes }, draw) => {
  const end = draw.pick(
    Object.values(nodes).filter(({ type, body }) => type === 'bpmn:EndEvent' && body.kind === 'throw'),
  );
  const text = end && elementText(bpmn, end.id);
  if (!end || !text) return undefined;
  return { bpmn: bpmn.replace(text, () => `<bpmn:endEvent id="${end.id}" />`), what: `${end.id} as a plain end` };
};

const terminateAtEnd: Mutation = ({ bpmn }, { nodes }, draw) => {
  const end = draw.pick(
    Object.values(nodes).filter(({ type, body }) => type === 'bpmn:EndEvent' && body.kind === 'pass'),
  );
  const text = end && elementText(bpmn, end.id);
  if (!end || !text) return undefined;
  const ending = `<bpmn:endEvent id="${end.id}"><bpmn:terminateEventDefinition /></bpmn:endEvent>`;
  return { bpmn: bpmn.replace(text, () => ending), what: `${end.id} as a terminate end` };
};

/** A node taken out, its way in leading on to where it led. */
const removeNode: Mutation = (original, { nodes, machine }, draw) => {
  const node = draw.pick(
    Object.values(nodes).filter(
      ({ type, boundaries }) => !/Process|Transaction|Boundary/.test(type) && boundaries.length === 0,
    ),
  );
  if (!node) return undefined;
  const [onward] = Object.entries(machine.states[node.id]?.on ?? {}).flatMap(([event, { target }]) =>
    event.startsWith('take.') ? [target] : [],
  );
  const bridged =
    onward === undefined ? original.bpmn : original.bpmn.replaceAll(`targetRef="${node.id}"`, `targetRef="${onward}"`);
  const flows = [...bridged.matchAll(/<bpmn:sequenceFlow\b[^>]*?\bid="([^"]+)"[^>]*>/g)].filter(
    ([tag]) => tag.includes(`sourceRef="${node.id}"`) || tag.includes(`targetRef="${node.id}"`),
  );
  const without = flows.reduce((text, [, id]) => withoutElement(text, id ?? ''), bridged);
  return { bpmn: withoutElement(without, node.id), what: `without ${node.id}` };
};

const mutations: readonly Mutation[] = [
  removeFlow,
  retarget('targetRef'),
  retarget('sourceRef'),
  addFlow,
  addFlow,
  swapGateway,
  swapGateway,
  gatewayToTask,
  moveBoundary,
  toggleInterrupting,
  toggleEventSubProcess,
  dropEnding,
  terminateAtEnd,
  removeNode,
];

/** The text of an element without inner elements of its own kind. */
function elementText(bpmn: string, id: string): string | undefined {
  const open = new RegExp(`<(bpmn:\\w+)\\b[^>]*?\\bid="${id}"[^>]*>`).exec(bpmn);
  if (!open) return undefined;
  const [tag, name] = open;
  if (tag.endsWith('/>')) return tag;
  const close = `</${name}>`;
  const to = bpmn.indexOf(close, open.index);
  return to < 0 ? undefined : bpmn.slice(open.index, to + close.length);
}

/** The text without an element and without what names it. */
export function withoutElement(bpmn: string, id: string): string {
  const text = elementText(bpmn, id);
  const unnamed = bpmn.replace(` default="${id}"`, '').replaceAll(`<bpmn:flowNodeRef>${id}</bpmn:flowNodeRef>`, '');
  return text === undefined ? bpmn : unnamed.replace(text.replace(` default="${id}"`, ''), () => '');
}

function withAttribute(bpmn: string, id: string, name: string, value: string): string {
  const open = new RegExp(`<bpmn:\\w+\\b[^>]*?\\bid="${id}"[^>]*>`).exec(bpmn)?.[0];
  if (open === undefined) return bpmn;
  const old = new RegExp(` ${name}="[^"]*"`);
  const changed = old.test(open)
    ? open.replace(old, ` ${name}="${value}"`)
    : open.replace(/(\bid="[^"]*")/, `$1 ${name}="${value}"`);
  return bpmn.replace(open, () => changed);
}
