import type { AppLoadContext } from '@remix-run/node';
import { data } from '@remix-run/node';
import type { Person } from '../../engine/index.ts';
import { problem } from '../problem.ts';
import { optionalText, requireText } from '../server/form-fields.ts';
import { parseJsonObject } from '../server/json-field.ts';
import { answerCommand, type CaseRefusal } from './answer-command.server.ts';
import { incidentRoles, mayHandleIncidents, mayRetry } from './incident-roles.ts';

const outcomes = ['done', 'error', 'send-again'] as const;
const longestOutput = 20_000;

/**
 * Sends a failed delivery again, or records what really became of one whose outcome nobody knows.
 * @throws a 403 answer for somebody without one of the entitled roles
 */
export async function handleIncident(context: AppLoadContext, person: Person, caseId: string, form: FormData) {
  if (!mayHandleIncidents(person)) throw problem({ status: 403, code: 'role', roles: incidentRoles });
  const { services } = context;
  const incidentId = requireText(form, 'incidentId');
  const key = requireText(form, 'key');
  const request = { tenantId: services.tenantId, by: person, key, caseId, incidentId };
  const settling = form.get('intent') === 'settle';
  if (!settling) {
    const found = await services.readModels.getCase({ tenantId: services.tenantId, caseId });
    if (found && !mayRetry(found.view.incidents, incidentId))
      return data<CaseRefusal>({ code: 'cases:incidents.settleFirst', params: {} }, { status: 409 });
  }
  const answer = settling
    ? await services.engine.settleJob({ ...request, ...settlement(form) })
    : await services.engine.retryIncident(request);
  return answerCommand(context, caseId, answer);
}

function settlement(form: FormData) {
  const outcome = outcomes.find((one) => one === form.get('outcome'));
  if (!outcome) throw problem({ status: 422, code: 'field', params: { field: 'outcome' } });
  const errorCode = optionalText(form, 'errorCode');
  if (outcome === 'error' && errorCode === undefined) {
    throw problem({ status: 422, code: 'field', params: { field: 'errorCode' } });
  }
  const output = optionalText(form, 'output', longestOutput);
  return { outcome, errorCode, output: output === undefined ? {} : parseJsonObject(output) };
}
