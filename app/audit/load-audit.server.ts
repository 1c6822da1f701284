import type { AppLoadContext } from '@remix-run/node';
import type { CaseDetail, History, HistoryItem } from '../../db/read-models.ts';
import { type Actor, type JsonObject, trailOf } from '../../engine/index.ts';
import { type Glossary, labelOf, textOf } from '../cases/describe-data.server.ts';
import { missingCase } from '../cases/load-archived.server.ts';
import { actorName, formsOf, glossaries } from '../cases/steps-of.server.ts';
import { localiseDiagram } from '../diagram/localise-diagram.ts';
import { marksOf } from '../diagram/marks-of.ts';
import { type DiagramFacts, readPublishedDiagram } from '../diagram/read-diagram.server.ts';
import { translate } from '../i18n/translate.server.ts';
import { problem } from '../problem.ts';
import { recordRead } from '../security/record-read.server.ts';
import { readPatient } from '../ui/patient.ts';
import { decisionsOf } from './decisions-of.server.ts';
import { type OpenThings, type ToldEvent, tellEvent } from './read-events.ts';
import { valueChanges } from './value-changes.ts';

/** Events that only keep the engine's books; the auditor sees what they lead to. */
const inner = new Set([
  'CommandAccepted',
  'TokenPlaced',
  'TokenPhased',
  'TokenEnded',
  'ScopePhased',
  'RepeatChanged',
  'ConditionArmed',
  'ConditionAsked',
  'ConditionClosed',
  'CompensationPending',
]);

/** The event a command is about; for another command, the first that tells most. */
const subjectOf: Readonly<Record<string, string>> = {
  CompleteTask: 'TaskClosed',
  ClaimTask: 'TaskClaimed',
  ReleaseTask: 'TaskReleased',
  FireTimer: 'TimerClosed',
  DeliverMessage: 'MessageReceived',
  CompleteJob: 'JobClosed',
  ThrowJobError: 'JobClosed',
  FailJob: 'IncidentRaised',
  RetryIncident: 'IncidentResolved',
};
const anySubject = ['TaskClosed', 'IncidentResolved', 'IncidentRaised', 'JobClosed', 'NodeCompleted', 'TokenMoved'];

type ToldEntry = { readonly item: HistoryItem; readonly events: readonly ToldEvent[]; readonly subject?: string };

function tellAll(history: History): readonly ToldEntry[] {
  const open: OpenThings = new Map();
  return history.entries.map((item) => {
    const events = item.events.flatMap((event) => tellEvent(event, open) ?? []);
    const types = [subjectOf[item.command.type] ?? '', ...anySubject];
    const subject = types.flatMap((type) => events.filter((event) => event.type === type)).find((one) => one.elementId);
    return { item, events, subject: subject?.elementId };
  });
}

function actorFacts(actor: Actor) {
  if (actor.kind !== 'person') return { name: actor.id, person: undefined };
  const { id, roles, department, credentials, onDuty } = actor;
  return { name: actor.name, person: { id, roles, department, credentials, onDuty } };
}

/** The version an entry was decided by: the one the case is on, or one it was on before it was moved. */
async function versionOf({ services }: AppLoadContext, found: CaseDetail, version: number) {
  const current = { package: found.package, hash: found.row.definitionHash };
  if (version === found.version) return current;
  return (
    (await services.readModels.getPackage({ tenantId: services.tenantId, key: found.package.key, version })) ?? current
  );
}

/**
 * The auditor's look at a case right after one entry of its history.
 * @throws a 404 answer when there is no such case
 */
export async function loadAudit(context: AppLoadContext, caseId: string, wanted: string | null) {
  const { services, language } = context;
  const { tenantId } = services;
  const [found, history] = await Promise.all([
    services.readModels.getCase({ tenantId, caseId }),
    services.readModels.listHistory({ tenantId, caseId }),
  ]);
  if (!found || !history) throw await missingCase(context, caseId);
  const told = tellAll(history);
  const total = told.length;
  const seq = Math.min(Math.max(1, Number.parseInt(wanted ?? '1', 10) || 1), total);
  const entry = told[seq - 1];
  const view = history.stateAt(seq);
  if (!entry || !view) throw problem({ status: 404 });
  const decidedOn = await versionOf(context, found, entry.item.version);
  const diagram = await readPublishedDiagram(decidedOn.hash, decidedOn.package.bpmn);
  const glossary = glossaries(decidedOn.package, formsOf(history.entries), language)(entry.subject);
  await recordRead(context, { screen: 'audit', caseId, patientIds: found.row.patientId ? [found.row.patientId] : [] });
  const nameOf = (id: string | undefined) =>
    id === undefined ? undefined : (diagram.elements.get(id)?.name[language] ?? id);
  const { item } = entry;
  return {
    caseId,
    title: `${found.package.title[language]} · ${translate(language)('audit:title')}`,
    flow: found.package.title,
    version: item.version,
    businessKey: found.row.businessKey,
    patient: readPatient(view.variables.patient),
    status: view.status,
    outcome: view.outcome,
    seq,
    total,
    chain: history.chain,
    replaysToStoredState: history.replaysToStoredState,
    entries: told.map((one) => ({
      seq: one.item.seq,
      at: one.item.recordedAt,
      command: one.item.command.type,
      element: nameOf(one.subject),
      by: actorName(one.item.actor),
      override: one.item.override !== undefined,
    })),
    recordedAt: item.recordedAt,
    occurredAt: item.occurredAt,
    command: item.command.type,
    actor: actorFacts(item.actor),
    override: item.override?.reason,
    review: item.override && (await reviewOf(context, caseId, seq)),
    hash: item.hash,
    bpmn: localiseDiagram(decidedOn.package.bpmn, language),
    marks: marksOf(view, trailOf(history.entries.slice(0, seq).flatMap(({ events }) => events))),
    reveal: entry.subject,
    events: eventsShown(entry.events, diagram, language),
    decisions: await decisionsOf(item.events, decidedOn, glossary, translate(language)),
    changes: changesShown(history.stateAt(seq - 1)?.variables ?? {}, view.variables, glossary, context),
  };
}

async function reviewOf(context: AppLoadContext, caseId: string, seq: number) {
  const { services } = context;
  const { tenantId, directory, clock } = services;
  const review = await services.overrideReviews.find({ tenantId, caseId, seq });
  if (!review) return undefined;
  const by = await directory.person(tenantId, review.reviewedBy, clock.now());
  return { ...review, reviewedBy: by?.name ?? review.reviewedBy };
}

function eventsShown(events: readonly ToldEvent[], diagram: DiagramFacts, language: 'zh-CN' | 'en') {
  return events
    .filter(({ type }) => !inner.has(type))
    .map(({ type, elementId, detail }, index) => ({
      id: `${index}`,
      type,
      element: elementId === undefined ? undefined : (diagram.elements.get(elementId)?.name[language] ?? elementId),
      detail,
    }));
}

function changesShown(before: JsonObject, after: JsonObject, glossary: Glossary, { language }: AppLoadContext) {
  const t = translate(language);
  return valueChanges(before, after).map(({ path, before: old, after: fresh }) => {
    const name = path.at(-1) ?? '';
    return {
      name: path.join('.'),
      label: path.map((step) => labelOf(step, glossary)).join(' › '),
      before: old === undefined ? undefined : textOf(old, name, glossary, t),
      after: fresh === undefined ? undefined : textOf(fresh, name, glossary, t),
    };
  });
}

/** What the audit page of a case shows. */
export type ShownAudit = Awaited<ReturnType<typeof loadAudit>>;
