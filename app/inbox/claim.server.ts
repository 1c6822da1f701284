import type { AppLoadContext } from '@remix-run/node';
import { data } from '@remix-run/node';
import type { Person, RejectionCode } from '../../engine/index.ts';
import { requireText } from '../server/form-fields.ts';
import { leadOn } from '../server/lead-on.server.ts';
import { statusOf } from '../server/rejection-answer.ts';

/** Why the claim was refused. */
export type ClaimRefusal = { readonly refused: RejectionCode; readonly who: string };

/** Claims the task named by the form and goes on at the person's own tasks. */
export async function claimFromInbox(context: AppLoadContext, person: Person, form: FormData) {
  const { services } = context;
  const caseId = requireText(form, 'caseId');
  const taskId = requireText(form, 'taskId');
  const key = requireText(form, 'key');
  const answer = await services.engine.claim({ tenantId: services.tenantId, by: person, key, caseId, taskId });
  if (!answer.ok) {
    const { code, params } = answer.rejection;
    return data<ClaimRefusal>(
      { refused: code, who: String(params?.assignee ?? params?.who ?? '') },
      { status: statusOf(answer.rejection) },
    );
  }
  services.changes.announce();
  return leadOn(form, '/inbox?view=mine');
}
