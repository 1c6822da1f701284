import type { AppLoadContext } from '@remix-run/node';
import type { CaseDetail } from '../../db/read-models.ts';
import { type Person, type Rejection, type StartableWork, type TaskRecord, trailOf } from '../../engine/index.ts';
import { localiseDiagram } from '../diagram/localise-diagram.ts';
import { marksOf } from '../diagram/marks-of.ts';
import { type DiagramFacts, readPublishedDiagram } from '../diagram/read-diagram.server.ts';
import { translate } from '../i18n/translate.server.ts';
import { papersOfCase } from '../print/papers-of-case.server.ts';
import { areaOf, mayEnter } from '../security/areas.ts';
import { recordRead } from '../security/record-read.server.ts';
import { sentenceOf } from '../server/rejection-answer.ts';
import type { Named } from '../server/services.ts';
import { readPatient } from '../ui/patient.ts';
import type { CaseRefusal } from './answer-command.server.ts';
import { mayHandleIncidents } from './incident-roles.ts';
import { stepsOf } from './steps-of.server.ts';

function namesOf(diagram: DiagramFacts, ids: readonly string[]): Readonly<Record<string, Named>> {
  return Object.fromEntries(
    ids.flatMap((id) => {
      const element = diagram.elements.get(id);
      return element ? [[id, element.name]] : [];
    }),
  );
}

async function openTasks(context: AppLoadContext, by: Person, caseId: string, tasks: readonly TaskRecord[]) {
  const { engine, tenantId, directory, clock } = context.services;
  return Promise.all(
    tasks.map(async (task) => {
      const may = await engine.mayWorkOn({ tenantId, by, caseId, taskId: task.taskId });
      const { assignee } = task;
      const holder = assignee === undefined ? undefined : await directory.person(tenantId, assignee, clock.now());
      return {
        taskId: task.taskId,
        elementId: task.elementId,
        name: { 'zh-CN': task.name, en: task.nameEn ?? task.name },
        roles: task.eligibility.roles,
        department: task.eligibility.department,
        dueAt: task.dueAt,
        createdAt: task.createdAt,
        assignee: holder?.name ?? assignee,
        mayWork: may.ok || may.rejection.code === 'separation-of-duties',
      };
    }),
  );
}

function refusalOf(rejection: Rejection | undefined): CaseRefusal | undefined {
  return rejection && { code: sentenceOf(rejection), params: rejection.params ?? {} };
}

/** What the person may begin now. A case that has gone since offers nothing. */
async function startableIn(context: AppLoadContext, by: Person, caseId: string) {
  const { engine, tenantId } = context.services;
  const found = await engine.startableWork({ tenantId, by, caseId });
  const { version, phases }: StartableWork = found.ok ? found.value : { version: 0, phases: [] };
  return {
    version,
    phases: phases.map(({ elementId, scopeId, activities, completionRefusal }) => ({
      elementId,
      scopeId,
      activities: activities.map(({ activityId, refusal }) => ({ activityId, refusal: refusalOf(refusal) })),
      completionRefusal: refusalOf(completionRefusal),
    })),
  };
}

/** The case page's data; nothing when there is no such case in the database. */
export async function loadCase(context: AppLoadContext, person: Person, caseId: string) {
  const { services, language } = context;
  const { tenantId } = services;
  const found = await services.readModels.getCase({ tenantId, caseId });
  if (!found) return undefined;
  const history = await services.readModels.listHistory({ tenantId, caseId });
  const diagram = await readPublishedDiagram(found.row.definitionHash, found.package.bpmn);
  const { row, view } = found;
  await recordRead(context, { screen: 'case', caseId, patientIds: row.patientId ? [row.patientId] : [] });
  const startable = await startableIn(context, person, caseId);
  const steps = stepsOf(history?.entries ?? [], found.package, language, translate(language));
  return {
    caseId,
    title: found.package.title[language],
    flow: found.package.title,
    version: found.version,
    businessKey: row.businessKey,
    status: row.status,
    outcome: row.outcome,
    startedAt: row.startedAt,
    endedAt: row.endedAt,
    patient: readPatient(row.patient),
    bpmn: localiseDiagram(found.package.bpmn, language),
    marks: marksOf(view, trailOf((history?.entries ?? []).flatMap(({ events }) => events))),
    reveal: (view.incidents[0] ?? view.tasks[0] ?? view.tokens[0])?.elementId,
    names: namesOf(diagram, [...namedIds(found, steps), ...idsIn(startable)]),
    papers: await papersOfCase(context, found, diagram),
    tasks: await openTasks(context, person, caseId, view.tasks),
    startable,
    waiting: waitingOf(found),
    incidents: view.incidents,
    mayHandleIncidents: mayHandleIncidents(person),
    mayChange: row.status === 'active' && services.engine.mayChangeCases(person),
    mayAudit: mayEnter(areaOf('audit'), person, services.demo),
    steps,
    now: services.clock.now(),
  };
}

function namedIds({ view }: CaseDetail, steps: readonly { elementId: string }[]): readonly string[] {
  return [
    ...steps.map((step) => step.elementId),
    ...view.tokens.map((token) => token.elementId),
    ...view.timers.map((timer) => timer.elementId),
    ...view.subscriptions.map((one) => one.elementId),
    ...view.jobs.map((job) => job.elementId),
    ...view.incidents.map((incident) => incident.elementId),
  ];
}

function idsIn({ phases }: Awaited<ReturnType<typeof startableIn>>): readonly string[] {
  return phases.flatMap(({ elementId, activities }) => [elementId, ...activities.map(({ activityId }) => activityId)]);
}

function waitingOf({ view }: CaseDetail) {
  return [
    ...view.timers.map(({ timerId, elementId, dueAt }) => ({
      id: timerId,
      kind: 'timer' as const,
      elementId,
      dueAt,
      what: '',
    })),
    ...view.subscriptions.map((one) => ({
      id: one.subscriptionId,
      kind: 'message' as const,
      elementId: one.elementId,
      dueAt: undefined,
      what: one.messageName,
    })),
    ...view.jobs.map(({ jobId, elementId, jobType }) => ({
      id: jobId,
      kind: 'job' as const,
      elementId,
      dueAt: undefined,
      what: jobType,
    })),
  ];
}
