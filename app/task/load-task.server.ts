import { randomUUID } from 'node:crypto';
import type { AppLoadContext } from '@remix-run/node';
import type { CaseDetail, TaskDetail } from '../../db/read-models.ts';
import type { Person, Rejection } from '../../engine/index.ts';
import { prefill, withFlowWords } from '../../forms/index.ts';
import { missingCase } from '../cases/load-archived.server.ts';
import { readPublishedDiagram } from '../diagram/read-diagram.server.ts';
import { findByCode, nameCodes } from '../form/name-codes.server.ts';
import { plainForm } from '../form/plain-form.server.ts';
import { problem } from '../problem.ts';
import { recordRead } from '../security/record-read.server.ts';
import { flowTitles } from '../server/flow-titles.server.ts';
import { rejectionProblem } from '../server/rejection-answer.ts';
import { readPatient } from '../ui/patient.ts';
import type { ClosedTask, OpenTask, TaskData, TaskHead } from './task-data.ts';

type Address = { readonly caseId: string; readonly taskId: string };

/** Asks whether there would be an answer if a reason were given; never stored. */
const probe = { reason: 'probe' };

/**
 * The task page's data.
 * @throws the page that says why, when the person may not work on it
 */
export async function loadTask(context: AppLoadContext, person: Person, address: Address): Promise<TaskData> {
  const { services } = context;
  const { tenantId } = services;
  const detail = await services.readModels.getTask({ tenantId, ...address });
  if (!detail) throw await missingCase(context, address.caseId, 'rejections:task-not-found');
  if (detail.status !== 'open') return closedTask(context, person, detail);
  const may = await services.engine.mayWorkOn({ tenantId, by: person, ...address });
  const needsOverride = !may.ok && (await wouldHelp(context, person, address, may.rejection, detail));
  if (!may.ok && !needsOverride) throw await refusalPage(context, may.rejection, detail);
  return openTask(context, person, detail, needsOverride);
}

/** Whether a documented override is what is missing. */
async function wouldHelp(
  context: AppLoadContext,
  by: Person,
  address: Address,
  rejection: Rejection,
  detail: TaskDetail,
): Promise<boolean> {
  if (rejection.code !== 'separation-of-duties' || detail.task.eligibility.override !== 'documented') return false;
  const { engine, tenantId } = context.services;
  return (await engine.mayWorkOn({ tenantId, by, ...address, override: probe })).ok;
}

async function refusalPage(context: AppLoadContext, rejection: Rejection, detail: TaskDetail): Promise<Response> {
  const assignee = detail.task.assignee;
  const who = assignee === undefined ? undefined : await nameOf(context, assignee);
  return rejectionProblem(rejection, { who: who ?? '' });
}

/** Name of a person of the directory, or the id of somebody who left. */
export async function nameOf({ services }: AppLoadContext, personId: string): Promise<string> {
  const found = await services.directory.person(services.tenantId, personId, services.clock.now());
  return found?.name ?? personId;
}

async function headOf(context: AppLoadContext, detail: TaskDetail): Promise<TaskHead> {
  const titles = await flowTitles(context.services);
  const { task } = detail;
  return {
    caseId: detail.caseId,
    taskId: task.taskId,
    elementId: task.elementId,
    name: { 'zh-CN': task.name, en: task.nameEn ?? task.name },
    flow: titles(detail.processKey),
    businessKey: detail.businessKey,
  };
}

async function closedTask(context: AppLoadContext, person: Person, detail: TaskDetail): Promise<ClosedTask> {
  const { roles } = detail.task.eligibility;
  const concerned = roles.length === 0 || roles.some((role) => person.roles.includes(role));
  if (!concerned && detail.closedBy !== person.id) throw problem({ status: 403, code: 'rejections:not-eligible' });
  return {
    ...(await headOf(context, detail)),
    kind: 'closed',
    outcome: detail.status === 'cancelled' ? 'cancelled' : 'completed',
    byName: detail.closedBy && (await nameOf(context, detail.closedBy)),
    byMe: detail.closedBy === person.id,
    at: detail.closedAt,
  };
}

/** The task's own form, or a generated one, with what fills it at first. */
async function formOf({ services }: AppLoadContext, { row, view, package: pkg }: CaseDetail, task: TaskDetail['task']) {
  const own = task.formId === undefined ? undefined : pkg.forms[task.formId];
  if (own) {
    const data = prefill(own.schema, task.input);
    const worded = withFlowWords(own, Object.values(pkg.forms));
    const form = await nameCodes(worded, data, findByCode(services.lookups, services.tenantId));
    return { form, ownForm: true, data };
  }
  const known = { ...view.variables, ...task.input };
  const form = await plainForm({ hash: row.definitionHash, package: pkg }, task, known);
  return { form, ownForm: false, data: prefill(form.schema, known) };
}

async function openTask(
  context: AppLoadContext,
  person: Person,
  detail: TaskDetail,
  needsOverride: boolean,
): Promise<OpenTask> {
  const { services } = context;
  const { task, caseId } = detail;
  const found = await services.readModels.getCase({ tenantId: services.tenantId, caseId });
  if (!found) throw problem({ status: 404, code: 'rejections:case-not-found' });
  const pkg = found.package;
  const { form, ownForm, data } = await formOf(context, found, task);
  const diagram = await readPublishedDiagram(found.row.definitionHash, pkg.bpmn);
  await recordRead(context, { screen: 'task', caseId, patientIds: detail.patientId ? [detail.patientId] : [] });
  return {
    ...(await headOf(context, detail)),
    kind: 'open',
    patient: readPatient(detail.patient),
    form,
    ownForm,
    data,
    key: randomUUID(),
    assignee: task.assignee === person.id ? 'me' : undefined,
    dueAt: task.dueAt,
    urgent: task.priority > 50,
    now: services.clock.now(),
    needsOverride,
    print: diagram.elements.get(task.elementId)?.print,
    personName: person.name,
    personId: person.id,
  };
}
