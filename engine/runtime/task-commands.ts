import type { DutyOverride, Person } from '../core/actor.ts';
import { checkEligibility } from '../core/check-eligibility.ts';
import { decide } from '../core/decide.ts';
import type { TaskRecord } from '../core/effect.ts';
import type { Instant, JsonObject } from '../core/json.ts';
import type { Result } from '../core/rejection.ts';
import type { CaseState } from '../core/state.ts';
import type { EngineContext } from './engine-context.ts';
import type { CommandBody, Situation } from './handle-command.ts';

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
  const data = await validateForm(context, situation, may.value.formId, request.variables, may.value.input);
  if (!data.ok) return data;
  const { by, taskId, override, occurredAt } = request;
  const othersOnDuty = await countOthers(context, situation, request);
  const body = { type: 'CompleteTask', by, taskId, variables: data.value, override, othersOnDuty, occurredAt } as const;
  return { ok: true, value: body };
}

/** Checks data against a form of the package; without a form they are taken as they are (the page generated a plain one). */
export async function validateForm(
  context: EngineContext,
  { definition, at }: Situation,
  formId: string | undefined,
  data: JsonObject,
  input: JsonObject,
): Promise<Result<JsonObject>> {
  const form = formId === undefined ? undefined : definition.stored.pkg.forms[formId];
  if (formId === undefined || !form) return { ok: true, value: data };
  const formKey = `${definition.stored.hash}/${formId}`;
  const verdict = await context.forms.validate({ formKey, form, data, input, at });
  if (verdict.ok) return { ok: true, value: verdict.data };
  const message = `Expected data that fit the form ${formId}, but ${verdict.fields.length} fields do not`;
  return { ok: false, rejection: { code: 'invalid-form', message, fields: verdict.fields } };
}

async function countOthers(
  context: EngineContext,
  situation: Situation,
  { by, taskId, override }: TaskRequest,
): Promise<number | undefined> {
  const open = findOpenTask(situation.state, taskId);
  // Only an override asks whether somebody else is there.
  if (!override || !open || !situation.state) return undefined;
  const { state } = situation;
  const people = await context.directory.peopleOnDuty(situation.tenantId, situation.at, open.eligibility.roles);
  return people.filter((other) => other.id !== by.id && checkEligibility(open.eligibility, other, state.actors).ok)
    .length;
}

function findOpenTask(state: CaseState | undefined, taskId: string): TaskRecord | undefined {
  return Object.values(state?.tasks ?? {}).find(({ task }) => task.taskId === taskId)?.task;
}
