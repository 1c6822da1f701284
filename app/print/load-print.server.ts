import { randomUUID } from 'node:crypto';
import type { AppLoadContext } from '@remix-run/node';
import type { CaseDetail, TaskDetail } from '../../db/read-models.ts';
import { missingCase } from '../cases/load-archived.server.ts';
import { translate } from '../i18n/translate.server.ts';
import { problem } from '../problem.ts';
import { areaOf, mayEnter } from '../security/areas.ts';
import { readAddress, readCaseId } from '../security/read-address.server.ts';
import { recordRead } from '../security/record-read.server.ts';
import { requirePerson } from '../security/require.server.ts';
import { readPatient } from '../ui/patient.ts';
import { barcodeOf } from './barcode.server.ts';
import { readCaseFacts } from './case-facts.ts';
import { numbersOn } from './has-content.ts';
import { makePaper } from './make-paper.ts';
import type { Paper } from './paper.ts';
import { isPrintKind, type PrintKind } from './print-kinds.ts';

/** Which paper of which case; with a task, what that task knows; with an item, one bottle's label only. */
export type PrintPlace = {
  readonly kind: PrintKind;
  readonly caseId: string;
  readonly taskId?: string;
  readonly item?: string;
};

const longestItem = 200;

/**
 * The paper an address names.
 * @throws a 404 answer when there is no such paper, or its ids can be none
 */
export function readPrintPlace(params: Readonly<Record<string, string | undefined>>, url: string): PrintPlace {
  const { kind } = params;
  if (!isPrintKind(kind)) throw problem({ status: 404, code: 'print:noSuchPaper' });
  const query = new URL(url).searchParams;
  const taskId = query.get('task') ?? undefined;
  const item = query.get('item')?.slice(0, longestItem);
  const caseId = readCaseId(params);
  return { kind, caseId, ...(taskId && readAddress({ caseId, taskId })), ...(item && { item }) };
}

async function requireReader(context: AppLoadContext, { caseId, taskId }: PrintPlace): Promise<void> {
  const person = requirePerson(context);
  const { engine, tenantId, demo } = context.services;
  if (mayEnter(areaOf('cases'), person, demo)) return;
  const may = taskId === undefined ? undefined : await engine.mayWorkOn({ tenantId, by: person, caseId, taskId });
  if (!may?.ok) throw problem({ status: 403, code: 'rejections:not-eligible' });
}

async function findSource(context: AppLoadContext, { caseId, taskId }: PrintPlace) {
  const { readModels, tenantId } = context.services;
  const found = await readModels.getCase({ tenantId, caseId });
  if (!found) throw await missingCase(context, caseId);
  const task = taskId === undefined ? undefined : await readModels.getTask({ tenantId, caseId, taskId });
  if (taskId !== undefined && !task) throw problem({ status: 404, code: 'rejections:task-not-found' });
  return { found, task };
}

async function personName({ services }: AppLoadContext, id: string | undefined): Promise<string | undefined> {
  if (id === undefined) return undefined;
  return (await services.directory.person(services.tenantId, id, services.clock.now()))?.name ?? id;
}

/** The paper with the names of the people on it. */
async function paperOf(
  context: AppLoadContext,
  { kind, item }: PrintPlace,
  { found, task }: { found: CaseDetail; task: TaskDetail | undefined },
): Promise<Paper> {
  const facts = readCaseFacts(found.view.variables, task?.task.input ?? {});
  const paper = makePaper(kind, facts, readPatient(found.row.patient ?? found.view.variables.patient), item);
  if (paper.kind !== 'bottle-label' && paper.kind !== 'infusion-card') return paper;
  const [prescriber, preparedBy] = await Promise.all(
    [paper.facts.prescriber, paper.facts.preparedBy].map((id) => personName(context, id)),
  );
  return { ...paper, facts: { ...paper.facts, prescriber, preparedBy } };
}

/** The paper of an address for somebody who may see it, with the look written down. */
export async function findPaper(context: AppLoadContext, place: PrintPlace): Promise<Paper> {
  await requireReader(context, place);
  const source = await findSource(context, place);
  const patientId = source.found.row.patientId;
  const { caseId, kind } = place;
  await recordRead(context, { screen: `print-${kind}`, caseId, patientIds: patientId ? [patientId] : [] });
  return paperOf(context, place, source);
}

/** The print page's data. Looking at it counts nothing. */
export async function loadPrint(context: AppLoadContext, place: PrintPlace) {
  const paper = await findPaper(context, place);
  const { services, language } = context;
  const { kind, caseId, taskId, item } = place;
  const counts = await services.prints.counts({
    ...{ tenantId: services.tenantId, caseId, kind },
    subjects: paper.subjects,
  });
  return {
    title: translate(language)(`print:kinds.${kind}`),
    ...{ paper, caseId, taskId, item, counts },
    barcodes: Object.fromEntries(numbersOn(paper).flatMap((text) => pairOf(text))),
    /** Names this opened page: pressing the button twice counts once. */
    key: randomUUID(),
    now: services.clock.now(),
    by: requirePerson(context).name,
  };
}

function pairOf(text: string): readonly (readonly [string, string])[] {
  const modules = barcodeOf(text);
  return modules === undefined ? [] : [[text, modules]];
}

/** What the print page was given. */
export type ShownPrint = Awaited<ReturnType<typeof loadPrint>>;
