import { type BpmnElement, elementsOf, extensionOf, textOf } from '../ir/bpmn-element.ts';
import type { Mapping } from '../ir/kernel.ts';
import { valueSource } from '../ir/value-source.ts';

/** The input and output mappings of `zeebe:ioMapping`. */
export function mappingsOf(element: BpmnElement): {
  readonly inputs: readonly Mapping[];
  readonly outputs: readonly Mapping[];
} {
  const mapping = extensionOf(element, 'zeebe:IoMapping');
  return { inputs: listOf(mapping, 'inputParameters'), outputs: listOf(mapping, 'outputParameters') };
}

function listOf(mapping: BpmnElement | undefined, list: string): Mapping[] {
  return (mapping ? elementsOf(mapping, list) : []).flatMap((one) => {
    const target = textOf(one, 'target');
    return target === undefined ? [] : [{ source: valueSource(textOf(one, 'source') ?? ''), target }];
  });
}
