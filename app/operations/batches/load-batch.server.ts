import type { AppLoadContext } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import type {
  BatchItem,
  BatchItemQuery,
  BatchNote,
  BatchProgress,
  BatchWork,
  Language,
  Person,
} from '../../../engine/index.ts';
import { readPublishedDiagram } from '../../diagram/read-diagram.server.ts';
import { translate } from '../../i18n/translate.server.ts';
import { problem } from '../../problem.ts';
import { requireText } from '../../server/form-fields.ts';
import { sentenceOf, statusOf } from '../../server/rejection-answer.ts';
import type { Named, Services } from '../../server/services.ts';
import { elementNames } from '../element-names.server.ts';
import { othersWhoMay } from './new-batch.server.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const pageSize = 50;
/** Cases the report reads at a time. */
const reportChunk = 200;
const verdicts = ['ok', 'ok-with-note', 'blocked'] as const;
const outcomes = ['done', 'refused'] as const;

/**
 * The batch of an address.
 * @throws a 404 answer when there is none
 */
export async function requireBatch({ services }: AppLoadContext, id = ''): Promise<BatchProgress> {
  const found = uuid.test(id) ? await services.engine.batches.see(services.tenantId, id) : undefined;
  if (!found) throw problem({ status: 404, code: 'rejections:batch-not-found' });
  return found;
}

/** All batches, newest first. */
export async function loadBatches({ services, language }: AppLoadContext) {
  const batches = await services.engine.batches.list(services.tenantId, 100);
  return { title: translate(language)('batches:title'), batches };
}

/** A batch with one page of its cases. */
export async function loadBatch(context: AppLoadContext, by: Person, id: string | undefined, url: string) {
  const { services, language } = context;
  const batch = await requireBatch(context, id);
  const query = new URL(url).searchParams;
  const filter = filterIn(query);
  const after = Math.max(0, Number.parseInt(query.get('after') ?? '0', 10) || 0);
  const items = await services.engine.batches.items({
    ...{ tenantId: services.tenantId, id: batch.id, after, limit: pageSize + 1 },
    ...filter,
  });
  const { releasedBy, withdrawnBy } = batch;
  return {
    ...{ title: translate(language)('batches:batch.title'), batch, filter, after, me: by.id },
    releasedBy: releasedBy && (await nameOfPerson(services, releasedBy)),
    withdrawnBy: withdrawnBy && (await nameOfPerson(services, withdrawnBy)),
    others: batch.needsSecondPerson ? await othersWhoMay(services, batch.requestedBy) : [],
    items: await namedItems(services, batch.work, items.slice(0, pageSize)),
    next: items.length > pageSize ? items[pageSize - 1]?.position : undefined,
  };
}

async function nameOfPerson({ directory, tenantId, clock }: Services, id: string): Promise<string> {
  return (await directory.person(tenantId, id, clock.now()))?.name ?? id;
}

function filterIn(query: URLSearchParams): Pick<BatchItemQuery, 'verdict' | 'outcome'> {
  const wanted = query.get('show');
  const verdict = verdicts.find((one) => one === wanted);
  const outcome = outcomes.find((one) => one === wanted);
  return { ...(verdict && { verdict }), ...(outcome && { outcome }) };
}

type Names = Readonly<Record<string, Named>>;

/** A case of a batch with what people call it by, and the elements its notes speak of by name. */
type NamedItem = BatchItem & { readonly businessKey?: string; readonly names: Names };

async function namedItems(
  services: Services,
  work: BatchWork,
  items: readonly BatchItem[],
): Promise<readonly NamedItem[]> {
  const { readModels, tenantId } = services;
  const caseIds = [...new Set(items.map(({ caseId }) => caseId))];
  const found = await readModels.findCases({ tenantId, caseIds, limit: reportChunk });
  const byId = new Map(found.items.map((row) => [row.caseId, row]));
  const ofVersions = await versionNames(services, work);
  const nameOf = await elementNames(services, new Set(found.items.map(({ processKey }) => processKey)));
  return items.map((item) => {
    const row = byId.get(item.caseId);
    const names = ofVersions ?? (row ? mentioned(item, (id) => nameOf(row.processKey, id)) : {});
    return { ...item, names, ...(row?.businessKey !== undefined && { businessKey: row.businessKey }) };
  });
}

function mentioned({ notes = [], why }: BatchItem, nameOf: (elementId: string) => Named): Names {
  const ids = [...notes, ...(why ? [why] : [])].flatMap(({ elementId }) => elementId ?? []);
  return Object.fromEntries(ids.map((id) => [id, nameOf(id)]));
}

/** Elements of both versions of a migration by name, those of the old one first. */
async function versionNames({ readModels, tenantId }: Services, work: BatchWork): Promise<Names | undefined> {
  if (work.kind !== 'migrate') return undefined;
  const names: Record<string, Named> = {};
  for (const version of [work.to, work.from]) {
    const found = await readModels.getPackage({ tenantId, key: work.processKey, version });
    const diagram = found && (await readPublishedDiagram(found.hash, found.package.bpmn));
    for (const [id, { name }] of diagram?.elements ?? []) names[id] = name;
  }
  return names;
}

/** A press on the batch's page: stop, go on, ask for a second person, release, withdraw. */
export async function actOnBatch(context: AppLoadContext, by: Person, id: string | undefined, form: FormData) {
  const { services } = context;
  const { batches } = services.engine;
  const batch = await requireBatch(context, id);
  const steps = {
    stop: batches.stop,
    'go-on': batches.goOn,
    'ask-release': batches.askRelease,
    release: batches.release,
    withdraw: batches.withdraw,
  };
  const intent = requireText(form, 'intent');
  const step = Object.entries(steps).find(([name]) => name === intent)?.[1];
  if (!step) throw problem({ status: 422, code: 'field', params: { field: 'intent' } });
  const { counts } = batch;
  const toDo = counts.ok + counts.noted;
  if (intent === 'release' && form.get('confirmed') !== String(toDo))
    return data({ code: 'batches:confirm.missing', params: { count: toDo } }, { status: 422 });
  const answer = await step({ tenantId: services.tenantId, by, id: batch.id });
  services.changes.announce();
  if (answer.ok) return redirect(`/operations/batches/${batch.id}`);
  const { rejection } = answer;
  const code = rejection.code === 'separation-of-duties' ? 'batches:secondPerson' : sentenceOf(rejection);
  return data({ code, params: rejection.params ?? {} }, { status: statusOf(rejection) });
}

/** The report of a batch: a line a case, in the reader's language. */
export async function reportOf(context: AppLoadContext, id: string | undefined): Promise<string> {
  const { services, language } = context;
  const batch = await requireBatch(context, id);
  const t = translate(language);
  const columns = ['case', 'verdict', 'reasons', 'outcome', 'why'].map((name) => t(`batches:column.${name}`));
  const lines: (readonly string[])[] = [columns];
  for (let after = 0; ; ) {
    const items = await services.engine.batches.items({
      tenantId: services.tenantId,
      id: batch.id,
      after,
      limit: reportChunk,
    });
    for (const item of await namedItems(services, batch.work, items)) lines.push(lineOf(item, language));
    const last = items.at(-1);
    if (!last) break;
    after = last.position;
  }
  // Spreadsheets take a file without the mark for one of their own country's code page.
  return `\uFEFF${lines.map((line) => line.map(quoted).join(',')).join('\r\n')}\r\n`;
}

function lineOf({ names, ...item }: NamedItem, language: Language): readonly string[] {
  const t = translate(language);
  const say = ({ code, elementId = '', to = '' }: BatchNote) =>
    t(`batches:note.${code}`, {
      element: names[elementId]?.[language] ?? elementId,
      to: names[to]?.[language] ?? to,
      defaultValue: code,
    });
  return [
    item.caseId,
    item.verdict ? t(`batches:verdict.${item.verdict}`) : '',
    (item.notes ?? []).map(say).join('; '),
    item.outcome ? t(`batches:outcome.${item.outcome}`) : '',
    item.why ? say(item.why) : '',
  ];
}

/** A value of a line; one that a spreadsheet would take for a formula is told apart. */
function quoted(value: string): string {
  const safe = /^[=+\-@\t]/.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}
