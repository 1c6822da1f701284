import { type BpmnElement, elementOf, elementsOf, idOf, isElement } from '../../ir/bpmn-element.ts';
import type { Finding } from '../../ir/finding.ts';
import type { ModelRule } from '../2-lint.ts';
import { slip } from '../breach.ts';

/** A data association copies one item to one of the same kind, unless a transformation or assignments say how. */
export const dataAssociations: ModelRule = ({ model }) =>
  [...model.byId.values()].flatMap((owner) =>
    ['dataInputAssociations', 'dataOutputAssociations'].flatMap((list) =>
      elementsOf(owner, list).flatMap((association) => copies(owner, association)),
    ),
  );

function copies(owner: BpmnElement, association: BpmnElement): Finding[] {
  if (isElement(association.get('transformation'))) return [];
  const sources = elementsOf(association, 'sourceRef');
  const about = { clause: '10.4.3', at: idOf(owner) };
  if (sources.length > 1 && elementsOf(association, 'assignment').length === 0)
    return [
      slip({
        ...about,
        rule: 'data-association-sources',
        expected: 'one source of a data association without transformation',
        but: `there are ${sources.length}`,
      }),
    ];
  const target = elementOf(association, 'targetRef');
  const [from, to] = [sources[0] && itemOf(sources[0]), target && itemOf(target)];
  if (!from || !to || sameItem(from, to) || elementsOf(association, 'assignment').length > 0) return [];
  return [
    slip({
      ...about,
      rule: 'data-association-items',
      expected: 'items of one kind at both ends of a data association without transformation',
      but: `they are ${idOf(from)} and ${idOf(to)}`,
    }),
  ];
}

/** What kind of item an element holds; a reference holds what it refers to. Nothing where the file does not say. */
function itemOf(element: BpmnElement): BpmnElement | undefined {
  const referred =
    element.get('dataObjectRef') === undefined
      ? elementOf(element, 'dataStoreRef')
      : elementOf(element, 'dataObjectRef');
  return elementOf(referred ?? element, 'itemSubjectRef');
}

function sameItem(one: BpmnElement, other: BpmnElement): boolean {
  const structure = (item: BpmnElement) => item.get('structureRef');
  return idOf(one) === idOf(other) || (structure(one) !== undefined && structure(one) === structure(other));
}
