import { type BpmnElement, idOf, isElement, textOf } from '../ir/bpmn-element.ts';
import type { Finding } from '../ir/finding.ts';
import { declare } from './undeclared.ts';

/** References without which nothing can run; the others are for pictures and documentation. */
const vital: ReadonlySet<string> = new Set([
  'bpmn:sourceRef',
  'bpmn:targetRef',
  'bpmn:attachedToRef',
  'bpmn:default',
  'bpmn:messageRef',
  'bpmn:signalRef',
  'bpmn:errorRef',
  'bpmn:escalationRef',
  'bpmn:activityRef',
  'bpmn:processRef',
  'bpmn:eventDefinitionRef',
]);

/**
 * Turns what the parser complained about into findings. A reference written with a prefix (`tns:order`) is resolved here, as BPMN's QNames ask.
 */
export function warningFindings(
  warnings: readonly unknown[],
  byId: ReadonlyMap<string, BpmnElement>,
  xml: string,
): Finding[] {
  return warnings.flatMap((warning) => {
    if (typeof warning !== 'object' || warning === null || !('message' in warning)) return [];
    const message = typeof warning.message === 'string' ? warning.message : '';
    if (message.startsWith('unresolved reference')) return reference(warning, byId);
    if (message.startsWith('unsupported document encoding')) return [encoding(message, xml)];
    if (message.startsWith('unknown attribute')) return [unknownAttribute(warning, message)];
    return [unparsable(message)];
  });
}

function reference(warning: object, byId: ReadonlyMap<string, BpmnElement>): Finding[] {
  const element = 'element' in warning && isElement(warning.element) ? warning.element : undefined;
  const property = 'property' in warning && typeof warning.property === 'string' ? warning.property : '';
  const value = 'value' in warning && typeof warning.value === 'string' ? warning.value : '';
  const local = value.slice(value.indexOf(':') + 1);
  const target = byId.get(value) ?? byId.get(local);
  if (element && target && resolve(element, property, target)) return [];
  const place = element ? ` of ${describe(element)}` : '';
  const declared = element !== undefined && declare(element, property, value);
  const isDrawing = element !== undefined && /^(bpmndi|dc|di):/.test(element.$type);
  return [
    {
      rule: 'unresolved-reference',
      severity: isDrawing ? 'info' : vital.has(property) && !declared && !isUnexecuted(element) ? 'error' : 'warning',
      message: `Expected ${property.replace('bpmn:', '')}${place} to name an element of the file, but there is no ${value}`,
      ...(element && textOf(element, 'id') !== undefined ? { elementId: idOf(element) } : {}),
      path: property,
      clause: isDrawing ? '12.2.3' : '8.3.1',
      params: { reference: value },
    },
  ];
}

function resolve(element: BpmnElement, property: string, target: BpmnElement): boolean {
  const name = property.replace('bpmn:', '');
  const now: unknown = element.get(property);
  if (Array.isArray(now)) now.push(target);
  else Reflect.set(element, name, target);
  return true;
}

/** Message flows and associations may end anywhere without anything running differently. */
function isUnexecuted(element: BpmnElement | undefined): boolean {
  return (
    element === undefined ||
    ['bpmn:MessageFlow', 'bpmn:Association', 'bpmn:DataInputAssociation', 'bpmn:DataOutputAssociation'].includes(
      element.$type,
    )
  );
}

function unknownAttribute(warning: object, message: string): Finding {
  const element = 'element' in warning && isElement(warning.element) ? warning.element : undefined;
  const name = /<(.*)>/.exec(message)?.[1] ?? '';
  return {
    rule: 'unknown-attribute',
    severity: 'error',
    message: `Expected attributes of BPMN${element ? ` on ${describe(element)}` : ''}, but there is ${name}`,
    ...(element && textOf(element, 'id') !== undefined ? { elementId: idOf(element) } : {}),
    path: name,
  };
}

/** Text is read as UTF-8. That matters only where there is a character the encodings do not share. */
function encoding(message: string, xml: string): Finding {
  const name = /<(.*)>/.exec(message)?.[1] ?? '';
  const plain = [...xml].every((character) => character <= '\u007f');
  return {
    rule: 'encoding',
    severity: plain ? 'info' : 'error',
    message: `Expected a file in UTF-8, but it says it is in ${name}${plain ? '; it holds nothing that would differ' : ''}`,
    params: { encoding: name },
  };
}

function unparsable(message: string): Finding {
  const [first = '', ...rest] = message.split('\n').map((line) => line.trim());
  const line = /^line: (\d+)/.exec(rest[0] ?? '')?.[1];
  const column = /^column: (\d+)/.exec(rest[1] ?? '')?.[1];
  const nested = /nested error: (.*)/.exec(message)?.[1];
  const name = /<([^>]*)>/.exec(first)?.[1] ?? '';
  const duplicate = nested?.startsWith('duplicate ID') ?? false;
  return {
    rule: duplicate ? 'duplicate-id' : 'unknown-element',
    severity: 'error',
    message: duplicate
      ? `Expected every id once, but ${name} has a ${nested}`
      : `Expected elements of BPMN 2.0, but there is ${name}${nested ? ` (${nested})` : ''}`,
    ...(line !== undefined && column !== undefined ? { path: `${Number(line) + 1}:${Number(column) + 1}` } : {}),
    params: { element: name },
  };
}

function describe(element: BpmnElement): string {
  const id = textOf(element, 'id');
  return id === undefined ? element.$type.replace('bpmn:', '') : id;
}
