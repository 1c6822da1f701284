import type { Rejection, RejectionCode } from '../../engine/index.ts';
import type { FieldError } from '../form/form-errors.ts';
import { problem } from '../problem.ts';

const statuses: Readonly<Record<RejectionCode, number>> = {
  'case-not-found': 404,
  'case-already-exists': 409,
  'case-ended': 409,
  'definition-not-found': 404,
  'start-not-found': 404,
  'task-not-found': 404,
  'task-already-completed': 409,
  'task-claimed-by-other': 403,
  'not-eligible': 403,
  'separation-of-duties': 403,
  'override-not-allowed': 403,
  'phase-not-open': 409,
  'phase-busy': 409,
  'timer-not-found': 404,
  'subscription-not-found': 404,
  'job-not-found': 404,
  'incident-not-found': 404,
  'invalid-form': 422,
  'invalid-input': 422,
  'batch-not-found': 404,
  'batch-moved-on': 409,
  'batch-too-large': 422,
  'modification-refused': 422,
  'migration-refused': 422,
  'limit-exceeded': 422,
  unsound: 422,
  'key-reused': 409,
  busy: 503,
  overloaded: 503,
  unavailable: 503,
};

/** HTTP status of a refused command. */
export function statusOf(rejection: Rejection): number {
  return statuses[rejection.code] ?? 422;
}

const withReason: ReadonlySet<string> = new Set([
  'not-eligible',
  'invalid-input',
  'limit-exceeded',
  'override-not-allowed',
  'modification-refused',
  'migration-refused',
]);

/** Key of the sentence for a refusal, as exact as its parameters allow. */
export function sentenceOf({ code, params }: Rejection): string {
  const reason = params?.reason;
  return withReason.has(code) && typeof reason === 'string' ? `rejections:${code}-${reason}` : `rejections:${code}`;
}

/** The error page of a refused command. */
export function rejectionProblem(rejection: Rejection, params: Readonly<Record<string, string>> = {}): Response {
  const roles = rejection.params?.roles;
  return problem({
    status: statusOf(rejection),
    code: sentenceOf(rejection),
    params: { ...rejection.params, ...params },
    roles: typeof roles === 'string' ? roles.split(', ') : undefined,
  });
}

/** What is wrong with which field of a form, in every language. */
export function fieldErrors(rejection: Rejection): readonly FieldError[] {
  return rejection.code === 'invalid-form' ? (rejection.fields ?? []) : [];
}
