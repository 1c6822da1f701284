import type { AppLoadContext } from '@remix-run/node';
import type { Person } from '../../engine/index.ts';
import { requireText } from '../server/form-fields.ts';
import { answerCommand } from './answer-command.server.ts';

/** Ids come from diagrams, which may name things at length; a key is made of several. */
const longestId = 1_000;

/** Begins work that is in nobody's list yet, or completes the phase it lies in. Who may is the engine's to say. */
export async function handleAdHoc(context: AppLoadContext, person: Person, caseId: string, form: FormData) {
  const { engine, tenantId } = context.services;
  const request = {
    ...{ tenantId, by: person, caseId, key: requireText(form, 'key', longestId) },
    ...{ elementId: requireText(form, 'phase', longestId), scopeId: requireText(form, 'scopeId') },
  };
  const answer =
    form.get('intent') === 'enter'
      ? await engine.enterActivity({ ...request, activityId: requireText(form, 'activity', longestId) })
      : await engine.completeAdHoc(request);
  return answerCommand(context, caseId, answer);
}
