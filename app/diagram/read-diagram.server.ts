import { BpmnModdle } from 'bpmn-moddle';
import zeebeModdle from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };
import type { Named } from '../server/services.ts';

/** What screens say of a diagram's element. */
export type DiagramElement = {
  readonly id: string;
  /** BPMN type without prefix, e.g. `UserTask`. */
  readonly type: string;
  readonly name: Named;
  /** Process the element belongs to. */
  readonly processId?: string;
  /** Print page a user task offers (`clinical:print`). */
  readonly print?: string;
};

/** A start event without event definition, where a person may begin a case. */
export type PersonStart = { readonly eventId: string; readonly formId?: string };

/** A process of the diagram that can run. */
export type DiagramProcess = {
  readonly id: string;
  readonly name: Named;
  readonly start?: PersonStart;
  /** Whether the process speaks of a patient (`clinical:patientKey`), and cannot do without one. */
  readonly patient: 'none' | 'optional' | 'required';
  /** Whether another process of the diagram calls it. */
  readonly called: boolean;
};

/** A diagram as screens need it. */
export type DiagramFacts = {
  readonly elements: ReadonlyMap<string, DiagramElement>;
  readonly processes: readonly DiagramProcess[];
};

type Node = { readonly $type: string; readonly [name: string]: unknown };

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && '$type' in value;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function nodes(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [];
}

/** An attribute of our own namespace; without its descriptor the reader keeps it among the foreign ones. */
function clinical(node: Node, name: string): string | undefined {
  const foreign = Reflect.get(node, '$attrs');
  return text(typeof foreign === 'object' && foreign !== null ? Reflect.get(foreign, `clinical:${name}`) : undefined);
}

function nameOf(node: Node): Named {
  const chinese = text(node.name) ?? text(node.id) ?? '';
  return { 'zh-CN': chinese, en: clinical(node, 'nameEn') ?? chinese };
}

function formOfStart(start: Node): string | undefined {
  const extensions = isNode(start.extensionElements) ? nodes(start.extensionElements.values) : [];
  const form = extensions.find((one) => one.$type === 'zeebe:FormDefinition');
  return clinical(start, 'startForm') ?? text(form?.formId) ?? text(form?.externalReference);
}

function personStart(process: Node): PersonStart | undefined {
  const plain = nodes(process.flowElements).filter(
    (one) => one.$type === 'bpmn:StartEvent' && nodes(one.eventDefinitions).length === 0,
  );
  const [start] = plain;
  const eventId = start && text(start.id);
  return start && eventId && plain.length === 1 ? { eventId, formId: formOfStart(start) } : undefined;
}

function collect(parent: Node, processId: string | undefined, into: Map<string, DiagramElement>): void {
  const children = ['rootElements', 'participants', 'laneSets', 'lanes', 'flowElements', 'artifacts', 'messageFlows'];
  for (const child of children.flatMap((name) => nodes(parent[name]))) {
    const id = text(child.id);
    const owner = child.$type === 'bpmn:Process' ? id : processId;
    if (id)
      into.set(id, {
        id,
        type: child.$type.replace(/^.*:/, ''),
        name: nameOf(child),
        processId: owner,
        print: clinical(child, 'print'),
      });
    collect(child, owner, into);
  }
}

function patientOf(process: Node): DiagramProcess['patient'] {
  const key = clinical(process, 'patientKey');
  if (key === undefined) return 'none';
  return /^=\s*patient\.\w+\s*$/.test(key) ? 'required' : 'optional';
}

function calledProcesses(xml: string): ReadonlySet<string> {
  const calls = xml.matchAll(/<(?:\w+:)?calledElement\b[^>]*\bprocessId="([^"]+)"|\bcalledElement="([^"]+)"/g);
  return new Set([...calls].map(([, zeebe, plain]) => zeebe ?? plain ?? ''));
}

/**
 * Reads what screens need of a published diagram.
 * @throws when the XML is no BPMN at all, which no published diagram is
 */
export async function readDiagram(xml: string): Promise<DiagramFacts> {
  const { rootElement } = await new BpmnModdle({ zeebe: zeebeModdle }).fromXML(xml);
  if (!isNode(rootElement)) throw new Error('Expected BPMN definitions, but the XML holds none.');
  const elements = new Map<string, DiagramElement>();
  collect(rootElement, undefined, elements);
  const called = calledProcesses(xml);
  const processes = nodes(rootElement.rootElements)
    .filter((one) => one.$type === 'bpmn:Process' && one.isExecutable !== false)
    .map((one) => ({
      id: text(one.id) ?? '',
      name: nameOf(one),
      start: personStart(one),
      patient: patientOf(one),
      called: called.has(text(one.id) ?? ''),
    }));
  return { elements, processes };
}

const kept = 200;
const read = new Map<string, Promise<DiagramFacts>>();

/** Like `readDiagram`, once per content hash: published diagrams never change. */
export function readPublishedDiagram(hash: string, xml: string): Promise<DiagramFacts> {
  const known = read.get(hash);
  if (known) return known;
  const [oldest] = read.keys();
  if (read.size >= kept && oldest !== undefined) read.delete(oldest);
  const facts = readDiagram(xml);
  read.set(hash, facts);
  return facts;
}
