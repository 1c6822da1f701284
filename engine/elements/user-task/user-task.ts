import { type BpmnElement, extensionOf, textOf } from '../../ir/bpmn-element.ts';
import type { TaskTemplate } from '../../ir/kernel.ts';
import { optionalSource } from '../../ir/value-source.ts';
import type { ElementLowering } from '../element.ts';
import { peopleOf, withoutGaps } from '../people.ts';

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
    ...peopleOf(element),
    formId: from(form, 'formId') ?? from(form, 'externalReference') ?? from(form, 'formKey'),
    assignee: from(assignment, 'assignee'),
    dueAt: from(schedule, 'dueDate'),
    followUpAt: from(schedule, 'followUpDate'),
    priority: from(priority, 'priority'),
    print,
  });
}
