import type { AppLoadContext } from '@remix-run/node';
import { data } from '@remix-run/node';
import type { Person, Rejection } from '../../engine/index.ts';
import { optionalText, requireText } from '../server/form-fields.ts';
import { readJsonObject } from '../server/json-field.ts';
import { leadOn } from '../server/lead-on.server.ts';
import { fieldErrors, sentenceOf, statusOf } from '../server/rejection-answer.ts';
import { nameOf } from './load-task.server.ts';
import type { TaskRefusal } from './task-data.ts';

type Address = { readonly caseId: string; readonly taskId: string };
type Answer = ReturnType<typeof data<TaskRefusal> | typeof leadOn>;

const longestReason = 500;

/**
 * Claims, gives back or completes the task, as the form says. Whatever is refused saves nothing and keeps the page.
 */
export async function submitTask(
  context: AppLoadContext,
  person: Person,
  address: Address,
  form: FormData,
): Promise<Answer> {
  const { services } = context;
  const key = requireText(form, 'key');
  const reason = optionalText(form, 'override', longestReason);
  const request = {
    tenantId: services.tenantId,
    by: person,
    key,
    ...address,
    ...(reason === undefined ? {} : { override: { reason } }),
  };
  const intent = form.get('intent');
  const answer =
    intent === 'claim'
      ? await services.engine.claim(request)
      : intent === 'release'
        ? await services.engine.release(request)
        : await services.engine.complete({ ...request, variables: readJsonObject(form, 'data') });
  if (!answer.ok) return refusal(context, address, answer.rejection);
  services.changes.announce();
  return leadOn(form, nextPlace(intent, address));
}

/** Where the person goes on. */
function nextPlace(intent: unknown, { caseId, taskId }: Address): string {
  if (intent === 'claim') return `/tasks/${caseId}/${taskId}`;
  return intent === 'release' ? '/inbox?view=groups' : '/inbox?done=task';
}

async function refusal(context: AppLoadContext, address: Address, rejection: Rejection): Promise<Answer> {
  const errors = fieldErrors(rejection);
  const params = { ...rejection.params, ...(await whoClosed(context, address, rejection)) };
  return data({ code: sentenceOf(rejection), params, errors }, { status: statusOf(rejection) });
}

/** Who was faster, where that is why. */
async function whoClosed(
  context: AppLoadContext,
  address: Address,
  rejection: Rejection,
): Promise<Readonly<Record<string, string>>> {
  if (rejection.code !== 'task-already-completed' && rejection.code !== 'task-claimed-by-other') return {};
  const { services } = context;
  const detail = await services.readModels.getTask({ tenantId: services.tenantId, ...address });
  const who = detail?.closedBy ?? detail?.task.assignee;
  return { who: who ? await nameOf(context, who) : '', at: detail?.closedAt ?? '' };
}
