import { type BpmnElement, idOf, isElement } from '../ir/bpmn-element.ts';
import type { Finding } from '../ir/finding.ts';

/** What the reader's library knows of an element's properties. */
type Described = BpmnElement & {
  readonly $descriptor: { readonly properties: readonly PropertyDescription[] };
};

type PropertyDescription = { readonly name: string; readonly type: string; readonly isReference?: boolean };

/** Ends of flows and of attachments have rules of their own, which say more. */
const saidElsewhere: ReadonlySet<string> = new Set(['bpmn:sourceRef', 'bpmn:targetRef', 'bpmn:attachedToRef']);

/** A reference names an element of the kind the standard's schema says: a message event a message, a lane flow nodes. */
export function referenceTypeFindings(byId: ReadonlyMap<string, BpmnElement>): Finding[] {
  return [...byId.values()].flatMap((element) => (isDescribed(element) ? wrongReferences(element) : []));
}

function wrongReferences(element: Described): Finding[] {
  return element.$descriptor.properties
    .filter(({ name, isReference }) => isReference === true && !saidElsewhere.has(name))
    .flatMap(({ name, type }) => {
      const value: unknown = element.get(name);
      const targets: readonly unknown[] = Array.isArray(value) ? value : [value];
      return targets
        .filter((target) => isElement(target))
        .filter((target) => isDescribed(target) && !isA(target, type))
        .map((target) => wrong(element, name, type, target));
    });
}

function wrong(element: BpmnElement, name: string, type: string, target: BpmnElement): Finding {
  const kind = target.$type.replace('bpmn:', '');
  return {
    rule: 'reference-type',
    severity: 'error',
    message: `Expected ${name.replace('bpmn:', '')} of ${idOf(element)} to name a ${type.replace('bpmn:', '')}, but ${idOf(target)} is a ${kind}`,
    elementId: idOf(element),
    path: name,
    clause: '8.3.1',
    params: { reference: idOf(target), expected: type, actual: target.$type },
  };
}

function isDescribed(element: BpmnElement): element is Described {
  return '$descriptor' in element;
}

function isA(element: BpmnElement, type: string): boolean {
  return '$instanceOf' in element && typeof element.$instanceOf === 'function' && element.$instanceOf(type) === true;
}
