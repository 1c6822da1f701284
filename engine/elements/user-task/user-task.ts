import { type BpmnElement, booleanOf, extensionOf, textOf } from '../../ir/bpmn-element.ts';
import type { TaskTemplate } from '../../ir/kernel.ts';
import { optionalSource } from '../../ir/value-source.ts';
import type { ElementLowering } from '../element.ts';

/** User tasks open a work item for the people their rule allows and wait for its completion. */
export const userTask: ElementLowering = {
  type: 'bpmn:UserTask',
  lower: (element) => ({ body: { kind: 'task', task: templateOf(element) } }),
};

function templateOf(element: BpmnElement): TaskTemplate {
  const form = extensionOf(element, 'zeebe:FormDefinition');
  const assignment = extensionOf(element, 'zeebe:AssignmentDefinition');
  const schedule = extensionOf(element, 'zeebe:TaskSchedule');
  const priority = extensionOf(element, 'zeebe:PriorityDefinition');
  const from = (extension: BpmnElement | undefined, name: string) =>
    optionalSource(extension && textOf(extension, name));
  const print = textOf(element, 'clinical:print');
  return withoutGaps({
    formId: from(form, 'formId') ?? from(form, 'externalReference') ?? from(form, 'formKey'),
    assignee: from(assignment, 'assignee'),
    candidateGroups: from(assignment, 'candidateGroups'),
    candidateUsers: from(assignment, 'candidateUsers'),
    dueAt: from(schedule, 'dueDate'),
    followUpAt: from(schedule, 'followUpDate'),
    priority: from(priority, 'priority'),
    eligibility: eligibilityOf(extensionOf(element, 'clinical:Eligibility')),
    print,
  });
}

function eligibilityOf(rule: BpmnElement | undefined): TaskTemplate['eligibility'] {
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
function withoutGaps<T extends object>(template: T): T {
  for (const [key, value] of Object.entries(template)) if (value === undefined) Reflect.deleteProperty(template, key);
  return template;
}
