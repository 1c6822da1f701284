import type { AppLoadContext } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import type { Person, RejectionCode } from '../../engine/index.ts';
import { requireText } from '../server/form-fields.ts';
import { statusOf } from '../server/rejection-answer.ts';

/** Claims the task named by the form; the inbox stays where it is, or opens the task when asked to. */
export async function claimFromInbox(
  context: AppLoadContext,
  person: Person,
  form: FormData,
): Promise<Response | ReturnType<typeof data<{ refused: RejectionCode; who?: string }>>> {
  const { services } = context;
  const caseId = requireText(form, 'caseId');
  const taskId = requireText(form, 'taskId');
  const key = requireText(form, 'key');
  const answer = await services.engine.claim({ tenantId: services.tenantId, by: person, key, caseId, taskId });
  if (!answer.ok) {
    const { code, params } = answer.rejection;
    return data(
      { refused: code, who: String(params?.assignee ?? params?.who ?? '') },
      { status: statusOf(answer.rejection) },
    );
  }
  services.changes.announce();
  return redirect('/inbox?view=mine');
}
