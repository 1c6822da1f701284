import { type BpmnElement, booleanOf, extensionOf, textOf } from '../ir/bpmn-element.ts';
import type { PeopleTemplate } from '../ir/kernel.ts';
import { optionalSource } from '../ir/value-source.ts';

/** Who may do what an element stands for, as its assignment and its eligibility say. */
export function peopleOf(element: BpmnElement): PeopleTemplate {
  const assignment = extensionOf(element, 'zeebe:AssignmentDefinition');
  const listed = (name: string) => optionalSource(assignment && textOf(assignment, name));
  return withoutGaps({
    candidateGroups: listed('candidateGroups'),
    candidateUsers: listed('candidateUsers'),
    eligibility: eligibilityOf(extensionOf(element, 'clinical:Eligibility')),
  });
}

/** The same, where the element says anything of it. */
export function peopleNamedBy(element: BpmnElement): PeopleTemplate | undefined {
  const says = ['zeebe:AssignmentDefinition', 'clinical:Eligibility'].some((type) => extensionOf(element, type));
  return says ? peopleOf(element) : undefined;
}

function eligibilityOf(rule: BpmnElement | undefined): PeopleTemplate['eligibility'] {
  const words = (name: string) => (rule && textOf(rule, name))?.split(/[\s,]+/).filter((word) => word !== '') ?? [];
  return withoutGaps({
    department: optionalSource(rule && textOf(rule, 'department')),
    credentials: words('credentials'),
    onDuty: rule ? booleanOf(rule, 'onDuty') === true : false,
    notActorOf: words('notActorOf'),
    notPersons: optionalSource(rule && textOf(rule, 'notPersons')),
    override: rule && textOf(rule, 'override') === 'documented' ? 'documented' : 'never',
  });
}

/** Absent attributes are absent in the definition too, which is stored as JSON. */
export function withoutGaps<T extends object>(template: T): T {
  for (const [key, value] of Object.entries(template)) if (value === undefined) Reflect.deleteProperty(template, key);
  return template;
}
