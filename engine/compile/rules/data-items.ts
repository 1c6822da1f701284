import { type BpmnElement, elementOf, elementsOf, idOf, isElement, nameOf } from '../../ir/bpmn-element.ts';
import type { Finding } from '../../ir/finding.ts';
import type { ModelRule } from '../2-lint.ts';
import { formality, slip } from '../breach.ts';

/** Data objects say what they refer to and in which state; sub-processes have no data inputs of their own; every input is in a set. */
export const dataItems: ModelRule = ({ model }) =>
  [...model.byId.values()].flatMap((element) => [
    ...(element.$type === 'bpmn:DataObjectReference' ? referenceName(element) : []),
    ...inputOutput(element),
  ]);

/** Name of a data object reference: the object's name, and its state in brackets. */
function referenceName(reference: BpmnElement): Finding[] {
  const object = elementOf(reference, 'dataObjectRef');
  const state = elementOf(reference, 'dataState');
  const [own, named, inState] = [nameOf(reference), object && nameOf(object), state && nameOf(state)];
  if (own === undefined || named === undefined) return [];
  const expected = inState === undefined ? named : `${named} [${inState}]`;
  if (own === expected) return [];
  return [
    formality({
      rule: 'data-object-name',
      clause: '10.4.1',
      at: idOf(reference),
      expected: `the name "${expected}" of the data object and its state`,
      but: `it is "${own}"`,
    }),
  ];
}

function inputOutput(element: BpmnElement): Finding[] {
  const specification = element.get('ioSpecification');
  if (!isElement(specification)) return [];
  return [
    ...(/^bpmn:(SubProcess|AdHocSubProcess|Transaction)$/.test(element.$type) ? [onSubProcess(element)] : []),
    ...unset(specification, element, 'dataInputs', 'inputSets', 'dataInputRefs'),
    ...unset(specification, element, 'dataOutputs', 'outputSets', 'dataOutputRefs'),
  ];
}

function onSubProcess(element: BpmnElement): Finding {
  return slip({
    rule: 'sub-process-io',
    clause: '10.4.2',
    at: idOf(element),
    expected: 'no input and output specification on a sub-process',
    but: 'there is one',
  });
}

function unset(specification: BpmnElement, owner: BpmnElement, items: string, sets: string, refs: string): Finding[] {
  const listed = new Set(elementsOf(specification, sets).flatMap((set) => elementsOf(set, refs)));
  const word = items === 'dataInputs' ? 'input' : 'output';
  return elementsOf(specification, items)
    .filter((item) => !listed.has(item))
    .map((item) =>
      slip({
        rule: 'data-without-set',
        clause: '10.4.2',
        at: idOf(owner),
        expected: `data ${word} ${idOf(item)} in an ${word} set`,
        but: 'it is in none',
      }),
    );
}
