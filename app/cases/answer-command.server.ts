import type { AppLoadContext } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import type { Accepted, Result } from '../../engine/index.ts';
import { sentenceOf, statusOf } from '../server/rejection-answer.ts';

/** Why a command on the case was refused, for its page to say. */
export type CaseRefusal = {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
};

/** What the case page answers to a command sent from it: itself, or why not. */
export function answerCommand(context: AppLoadContext, caseId: string, answer: Result<Accepted>) {
  if (answer.ok) {
    context.services.changes.announce();
    return redirect(`/cases/${caseId}`);
  }
  const { rejection } = answer;
  const refusal: CaseRefusal = { code: sentenceOf(rejection), params: rejection.params ?? {} };
  return data(refusal, { status: statusOf(rejection) });
}
