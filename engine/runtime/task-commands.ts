import type { DutyOverride, Person } from '../core/actor.ts';
import { checkEligibility } from '../core/check-eligibility.ts';
import { decide } from '../core/decide.ts';
import type { TaskRecord } from '../core/effect.ts';
import type { Instant, JsonObject } from '../core/json.ts';
import { openTasksOf } from '../core/open-tasks.ts';
import type { Result } from '../core/rejection.ts';
import type { CaseState } from '../core/state.ts';
import type { FormDocument } from '../ir/package.ts';
import { rootVariables } from '../replay/view-case.ts';
import type { EngineContext } from './engine-context.ts';
import type { CommandBody, Situation } from './handle-command.ts';
import { ownForm, validateForm } from './validate-form.ts';

type TaskRequest = { readonly by: Person; readonly taskId: string; readonly override?: DutyOverride };

/**
 * Whether the person may work on the task now; the task when so. Asks core what it would say to a claim,
 * so pages and links can never answer otherwise than the command does.
 */
export async function mayWorkOn(
  context: EngineContext,
  situation: Situation,
  request: TaskRequest,
): Promise<Result<TaskRecord>> {
  const { caseId, at, state = null } = situation;
  const claim = await makeClaim(context, situation, request);
  if (!claim.ok) return claim;
  const decision = decide(situation.definition.compiled, state, { ...claim.value, id: 'dry-run', caseId, at });
  if (!decision.ok) return decision;
  const task = findOpenTask(situation.state, request.taskId);
  if (task) return { ok: true, value: task };
  const message = `Expected an open task ${request.taskId}, but there is none`;
  return { ok: false, rejection: { code: 'task-not-found', message } };
}

/** Makes the command that claims a task. */
export async function makeClaim(
  context: EngineContext,
  situation: Situation,
  request: TaskRequest,
): Promise<Result<CommandBody>> {
  const { by, taskId, override } = request;
  const othersOnDuty = await countOthers(context, situation, request);
  return { ok: true, value: { type: 'ClaimTask', by, taskId, override, othersOnDuty } };
}

/**
 * Makes the command that completes a task, with the data its form accepted. Whether the person may at all comes first:
 * a stranger learns nothing about the form.
 */
export async function makeCompletion(
  context: EngineContext,
  situation: Situation,
  request: TaskRequest & { readonly variables: JsonObject; readonly occurredAt?: Instant },
): Promise<Result<CommandBody>> {
  const may = await mayWorkOn(context, situation, request);
  if (!may.ok) return may;
  const data = await validateForm(context, situation, {
    form: formOfTask(context, situation, may.value),
    data: request.variables,
    input: may.value.input,
  });
  if (!data.ok) return data;
  const { by, taskId, override, occurredAt } = request;
  const othersOnDuty = await countOthers(context, situation, request);
  const body = { type: 'CompleteTask', by, taskId, variables: data.value, override, othersOnDuty, occurredAt } as const;
  return { ok: true, value: body };
}

function formOfTask(context: EngineContext, situation: Situation, task: TaskRecord): FormDocument | undefined {
  const own = ownForm(situation, task.formId);
  if (own || !situation.state) return own;
  const known = { ...rootVariables(situation.state), ...task.input };
  return context.forms.plainTaskForm?.({ definition: situation.definition.compiled, task, known });
}

async function countOthers(
  context: EngineContext,
  situation: Situation,
  { by, taskId, override }: TaskRequest,
): Promise<number | undefined> {
  const { state } = situation;
  // Only an override asks whether somebody else is there.
  const open = override && findOpenTask(state, taskId);
  if (!open || !state) return undefined;
  const people = await context.directory.peopleOnDuty(situation.tenantId, situation.at, open.eligibility.roles);
  return people.filter((other) => other.id !== by.id && checkEligibility(open.eligibility, other, state.actors).ok)
    .length;
}

function findOpenTask(state: CaseState | undefined, taskId: string): TaskRecord | undefined {
  return state && openTasksOf(state).find((task) => task.taskId === taskId);
}
