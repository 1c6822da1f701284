import { type BpmnElement, elementOf, idOf } from '../../ir/bpmn-element.ts';

/** Sequence flows of a container by the node they leave and the node they lead to. */
export type Ways = {
  readonly into: (node: BpmnElement) => readonly BpmnElement[];
  readonly outOf: (node: BpmnElement) => readonly BpmnElement[];
};

/** Gathers the flows of a container once, so that rules about single nodes stay linear. */
export function waysOf(flows: readonly BpmnElement[]): Ways {
  const by = (end: string) => Map.groupBy(flows, (flow) => idOfEnd(flow, end));
  const [sources, targets] = [by('sourceRef'), by('targetRef')];
  return { into: (node) => targets.get(idOf(node)) ?? [], outOf: (node) => sources.get(idOf(node)) ?? [] };
}

function idOfEnd(flow: BpmnElement, end: string): string | undefined {
  const node = elementOf(flow, end);
  return node && idOf(node);
}

/** Type of an element in words: `UserTask`. */
export function typeName(element: BpmnElement): string {
  return element.$type.replace('bpmn:', '');
}
