import { requiredInputs } from '../../elements/data-association/data-association.ts';
import { variableOf } from '../../elements/data-association/data-variable.ts';
import { type BpmnElement, elementOf, elementsOf, idOf } from '../../ir/bpmn-element.ts';
import type { Finding } from '../../ir/finding.ts';
import type { LintRule } from '../2-lint.ts';
import { formality, slip } from '../breach.ts';

/** What a diagram says of data must have a meaning in a case: every object a variable of its own, every required input a source. */
export const dataInCases: LintRule = ({ element, nodes }) => [
  ...sharedNames(element),
  ...nodes.flatMap((node) => [...unfedInputs(node), ...storesAt(node)]),
];

function sharedNames(container: BpmnElement): Finding[] {
  const objects = elementsOf(container, 'flowElements').filter((one) => one.$type === 'bpmn:DataObject');
  const seen = new Map<string, string>();
  return objects.flatMap((object) => {
    const variable = variableOf(object) ?? idOf(object);
    const other = seen.get(variable);
    if (other === undefined) seen.set(variable, idOf(object));
    if (other === undefined) return [];
    const expected = `a name of its own for data object ${idOf(object)}`;
    const but = `${other} is called ${variable} too, so both are one variable`;
    return [slip({ rule: 'data-name-taken', clause: '10.4.1', at: idOf(object), expected, but })];
  });
}

function unfedInputs(node: BpmnElement): Finding[] {
  const fed = new Set(elementsOf(node, 'dataInputAssociations').map((one) => elementOf(one, 'targetRef')));
  return [...requiredInputs(node)].flatMap((input) => {
    if (!input || fed.has(input)) return [];
    const expected = `a data association that brings required input ${variableOf(input)}, or the input to be optional`;
    return [slip({ rule: 'data-input-unfed', clause: '10.4.2', at: idOf(node), expected, but: 'nothing brings it' })];
  });
}

/** What lies in a data store outlives the case and is no variable of it. */
function storesAt(node: BpmnElement): Finding[] {
  const ends = ['dataInputAssociations', 'dataOutputAssociations'].flatMap((list) =>
    elementsOf(node, list).flatMap((one) => [...elementsOf(one, 'sourceRef'), elementOf(one, 'targetRef')]),
  );
  return ends.some((end) => end?.$type === 'bpmn:DataStoreReference')
    ? [
        formality({
          ...{ rule: 'data-store-outside', clause: '10.4.1', at: idOf(node) },
          expected: 'data of the case at a data association',
          but: 'it leads to a data store, which the step itself must read or write',
        }),
      ]
    : [];
}
