import type { AppLoadContext } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import type { JsonObject, Person } from '../../engine/index.ts';
import { problem } from '../problem.ts';
import { recordRead } from '../security/record-read.server.ts';
import { optionalText, requireText } from '../server/form-fields.ts';
import { readJsonObject } from '../server/json-field.ts';
import { fieldErrors, sentenceOf, statusOf } from '../server/rejection-answer.ts';
import type { TaskRefusal } from '../task/task-data.ts';
import { entriesOf, mayStart, type StartEntry } from './list-entries.server.ts';

/**
 * The entry of an address, if the person may start it.
 * @throws 404 for a flow or process that is not there, 403 naming the roles for one that is not theirs
 */
export async function requireEntry(
  context: AppLoadContext,
  person: Person,
  params: Readonly<Record<string, string | undefined>>,
): Promise<StartEntry> {
  const entries = await entriesOf(context, params.key ?? '');
  if (!entries) throw problem({ status: 404, code: 'rejections:definition-not-found', back: '/start' });
  const { processId } = params;
  const allowed = entries.filter((entry) => mayStart(entry, person));
  const wanted =
    processId === undefined ? (allowed[0] ?? entries[0]) : entries.find((one) => one.processId === processId);
  if (!wanted) throw problem({ status: 404, code: 'rejections:start-not-found', back: '/start' });
  if (!mayStart(wanted, person)) {
    throw problem({ status: 403, code: 'start:notStarter', roles: wanted.starters, back: '/start' });
  }
  return wanted;
}

/** Starts the case the form asks for and goes on to its first task, where that is the starter's own. */
export async function startCase(context: AppLoadContext, person: Person, entry: StartEntry, form: FormData) {
  const { services } = context;
  const { tenantId } = services;
  const at = services.clock.now();
  const patientId = optionalText(form, 'patientId');
  const patient = patientId && (await services.patients.find({ tenantId, patientId, at }));
  if (patientId && !patient) return refused({ code: 'patient:notFound', params: {}, errors: [] }, 422);
  if (entry.patient === 'required' && !patient)
    return refused({ code: 'start:patientFirst', params: {}, errors: [] }, 422);
  const variables = form.has('data') ? readJsonObject(form, 'data') : {};
  const host: JsonObject = patient ? { patient } : {};
  const answer = await services.engine.start({
    tenantId,
    by: person,
    key: requireText(form, 'key'),
    processKey: entry.key,
    version: entry.version,
    processId: entry.processId,
    startEventId: entry.startEventId,
    variables,
    context: host,
  });
  if (!answer.ok) {
    const { rejection } = answer;
    const errors = fieldErrors(rejection);
    return refused({ code: sentenceOf(rejection), params: rejection.params ?? {}, errors }, statusOf(rejection));
  }
  services.changes.announce();
  if (patientId) await recordRead(context, { screen: 'start', patientIds: [patientId], caseId: answer.value.caseId });
  return redirect(await nextPlace(context, person, answer.value.caseId));
}

async function nextPlace(context: AppLoadContext, by: Person, caseId: string): Promise<string> {
  const { engine, readModels, tenantId } = context.services;
  const found = await readModels.getCase({ tenantId, caseId });
  for (const { taskId } of found?.view.tasks ?? []) {
    if ((await engine.mayWorkOn({ tenantId, by, caseId, taskId })).ok) return `/tasks/${caseId}/${taskId}`;
  }
  return `/cases/${caseId}?started=1`;
}

function refused(refusal: TaskRefusal, status: number) {
  return data(refusal, { status });
}
