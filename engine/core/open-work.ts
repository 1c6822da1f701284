import type { IrNode, JobTemplate, TaskTemplate, ValueSource } from '../ir/kernel.ts';
import { instantOf } from './due.ts';
import { eligibilityOf } from './eligibility-of.ts';
import { contextOf, textOf } from './expression.ts';
import type { Instant, JsonObject } from './json.ts';
import { type TaskFacts, USUAL_PRIORITY, whatIsAsked } from './open-tasks.ts';
import { emit, found, nextNumber, type Outcome, outsideId, type Run, scopeOf, stuck, tokenOf } from './run.ts';

/** Opens a user task: everything a list, a page and the eligibility check need is fixed now. */
export function openTask(run: Run, token: number, node: IrNode, template: TaskTemplate): Outcome<void> {
  const { scope, variables } = tokenOf(run, token);
  const context = contextOf(run, tokenOf(run, token));
  const eligibility = eligibilityOf(run, template, context);
  if (!eligibility.ok) return eligibility;
  const texts = taskTexts(run, template, context);
  if (!texts.ok) return texts;
  const n = nextNumber(run);
  emit(run, {
    n,
    owner: { node: node.id, scope, token },
    processId: scopeOf(run, scope).processId,
    task: {
      assignee: texts.value.assignee,
      createdAt: run.at,
      dueAt: texts.value.dueAt,
      eligibility: whatIsAsked(eligibility.value),
      followUpAt: texts.value.followUpAt,
      formId: texts.value.formId,
      input: variables,
      name: node.name,
      nameEn: node.nameEn,
      priority: texts.value.priority,
    },
    type: 'TaskOpened',
  });
  return found(undefined);
}

type TaskTexts = Pick<TaskFacts, 'formId' | 'assignee' | 'priority' | 'dueAt' | 'followUpAt'>;

function taskTexts(run: Run, template: TaskTemplate, context: JsonObject): Outcome<TaskTexts> {
  const formId = textOf(run, template.formId, context);
  if (!formId.ok) return formId;
  const assignee = textOf(run, template.assignee, context);
  if (!assignee.ok) return assignee;
  const priority = textOf(run, template.priority, context);
  if (!priority.ok) return priority;
  const dueAt = dateOf(run, template.dueAt, context);
  if (!dueAt.ok) return dueAt;
  const followUpAt = dateOf(run, template.followUpAt, context);
  if (!followUpAt.ok) return followUpAt;
  const number = Number(priority.value ?? USUAL_PRIORITY);
  return found({
    formId: formId.value,
    assignee: assignee.value,
    priority: Number.isFinite(number) && number !== USUAL_PRIORITY ? number : undefined,
    dueAt: dueAt.value,
    followUpAt: followUpAt.value,
  });
}

function dateOf(run: Run, source: ValueSource | undefined, context: JsonObject): Outcome<Instant | undefined> {
  const text = textOf(run, source, context);
  if (!text.ok || text.value === undefined) return text;
  const instant = instantOf(text.value, run.definition.zone);
  return instant ? found(instant) : stuck('invalid-timer', 'Expected an ISO 8601 date for the task, but it is none');
}

/** Requests a job from a connector. */
export function openJob(run: Run, token: number, node: IrNode, template: JobTemplate): Outcome<void> {
  const { scope, variables } = tokenOf(run, token);
  const context = contextOf(run, tokenOf(run, token));
  const jobType = textOf(run, template.jobType, context);
  if (!jobType.ok) return jobType;
  const retries = textOf(run, template.retries, context);
  if (!retries.ok) return retries;
  if (!jobType.value) return stuck('expression-failed', `Expected a job type at ${node.id}, but it is null`);
  const n = nextNumber(run);
  const number = Number(retries.value ?? 3);
  emit(run, {
    type: 'JobRequested',
    n,
    owner: { scope, token, node: node.id },
    job: {
      jobId: outsideId(run, n),
      elementId: node.id,
      jobType: jobType.value,
      retries: Number.isInteger(number) && number > 0 ? number : 1,
      headers: template.headers,
      input: variables ?? {},
    },
  });
  return found(undefined);
}
