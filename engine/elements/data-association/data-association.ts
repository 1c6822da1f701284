import { type BpmnElement, bodyOf, elementOf, elementsOf, idOf, nameOf } from '../../ir/bpmn-element.ts';
import type { Mapping } from '../../ir/kernel.ts';
import { feelOf } from '../../ir/value-source.ts';
import { type LowerContext, refusal } from '../element.ts';
import { variableOf } from './data-variable.ts';

/** What data associations bring an element and take from it. */
export type DataMappings = { readonly inputs: readonly Mapping[]; readonly results: readonly Mapping[] };

/**
 * Data associations of an activity or event (BPMN 2.0.2, 10.4.2): what they bring in becomes local to it under the name of its data input, what
 * they take out is written where the data object is declared.
 */
export function dataMappingsOf(element: BpmnElement, context: LowerContext): DataMappings {
  const required = requiredInputs(element);
  return {
    inputs: elementsOf(element, 'dataInputAssociations').flatMap((one) =>
      mappingsOfOne(element, one, context).map((mapping) =>
        required.has(elementOf(one, 'targetRef')) ? { ...mapping, required: true as const } : mapping,
      ),
    ),
    results: elementsOf(element, 'dataOutputAssociations').flatMap((one) => mappingsOfOne(element, one, context)),
  };
}

/** Inputs without which no input set is complete. */
export function requiredInputs(element: BpmnElement): ReadonlySet<BpmnElement | undefined> {
  const specification = elementOf(element, 'ioSpecification');
  const sets = specification ? elementsOf(specification, 'inputSets') : [];
  const needed = sets.map((set) => {
    const spared = ['optionalInputRefs', 'whileExecutingInputRefs'].flatMap((refs) => elementsOf(set, refs));
    return elementsOf(set, 'dataInputRefs').filter((input) => !spared.includes(input));
  });
  const [first = [], ...others] = needed;
  return new Set(first.filter((input) => others.every((set) => set.includes(input))));
}

/** The item of a collection a repeated activity reads or writes through an association, as the variable at its other end. */
export function throughAssociation(
  element: BpmnElement,
  list: 'dataInputAssociations' | 'dataOutputAssociations',
  item: BpmnElement,
): string | undefined {
  for (const association of elementsOf(element, list)) {
    const [source] = elementsOf(association, 'sourceRef');
    const target = elementOf(association, 'targetRef');
    const other = list === 'dataInputAssociations' ? source : target;
    const own = list === 'dataInputAssociations' ? target : source;
    if (own === item && other) return variableOf(other);
  }
  return undefined;
}

/** A transformation, or the one source as it is; then the assignments, one after the other. */
function mappingsOfOne(element: BpmnElement, association: BpmnElement, context: LowerContext): Mapping[] {
  const sources = elementsOf(association, 'sourceRef').flatMap((one) => variableOf(one) ?? []);
  const target = targetOf(association, sources);
  if (target === undefined) return [];
  const transformation = bodyOf(association, 'transformation');
  const assignments = elementsOf(association, 'assignment').flatMap((one) => assigned(element, one, target, context));
  const [source] = sources;
  if (transformation !== undefined) return [{ source: { feel: feelOf(transformation) }, target }, ...assignments];
  return assignments.length > 0 || source === undefined ? assignments : [{ source: { feel: source }, target }];
}

/** Drawn without a data input of its own, the data are brought in under their own name. */
function targetOf(association: BpmnElement, sources: readonly string[]): string | undefined {
  const target = elementOf(association, 'targetRef');
  if (!target || nameOf(target) === '__targetRef_placeholder')
    return association.$type === 'bpmn:DataInputAssociation' && sources.length === 1 ? sources[0] : undefined;
  return variableOf(target);
}

/** A part of the target written from an expression; its place is a path into the target, with or without the target's name in front. */
function assigned(element: BpmnElement, assignment: BpmnElement, target: string, context: LowerContext): Mapping[] {
  const [from, to] = [bodyOf(assignment, 'from'), bodyOf(assignment, 'to')];
  if (from === undefined || to === undefined) return [];
  const path = feelOf(to)
    .split('.')
    .map((step) => step.trim());
  if (!path.every((step) => /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(step))) {
    const but = `it is "${to}"`;
    context.report(refusal('data-assignment-target', idOf(element), 'a path of names to assign to', but, 'assignment'));
    return [];
  }
  const inTarget = path[0] === target ? path : [target, ...path];
  return [{ source: { feel: feelOf(from) }, target: inTarget.join('.') }];
}
