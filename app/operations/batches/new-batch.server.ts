import { randomUUID } from 'node:crypto';
import type { AppLoadContext } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import type { CaseQuery } from '../../../db/read-models.ts';
import type { BatchTarget, Person } from '../../../engine/index.ts';
import { asQuery } from '../../cases/find-cases.server.ts';
import { translate } from '../../i18n/translate.server.ts';
import { problem } from '../../problem.ts';
import { flowTitles } from '../../server/flow-titles.server.ts';
import { optionalText, requireText } from '../../server/form-fields.ts';
import { sentenceOf, statusOf } from '../../server/rejection-answer.ts';
import type { Services } from '../../server/services.ts';
import { elementNames } from '../element-names.server.ts';
import { type Choice, readChoice } from './choice.ts';
import { longestReason } from './new-migration.server.ts';

/** Cases the preview shows; the dry run lists every one. */
const mostShown = 50;

function requireChoice(url: string): Choice {
  const choice = readChoice(new URL(url).searchParams);
  if (!choice) throw problem({ status: 404 });
  return choice;
}

/** The chosen cases or incidents, up to one more than a batch takes in; the step and cause of each incident with it. */
async function targetsOf(services: Services, { work, filters, ticked }: Choice): Promise<readonly Target[]> {
  const { readModels, engine, tenantId } = services;
  const limit = engine.batches.limits.mostChosen + 1;
  const query: CaseQuery = {
    ...asQuery(tenantId, filters),
    limit,
    ...(ticked.length > 0 && { caseIds: ticked }),
  };
  // Nothing said is nothing chosen, never everything; and cases that ended are not part of any choice.
  const chosen = ticked.length > 0 || Object.keys(filters).length > 0;
  if (!chosen || query.status === 'ended') return [];
  const running = { ...query, status: 'active' } as const;
  if (work === 'cancel-cases') return (await readModels.findCaseIds(running)).map((caseId) => ({ caseId }));
  const found = await readModels.findIncidents(running);
  return found.map(({ incidentId: subject, ...incident }) => ({ ...incident, subject }));
}

type Target = BatchTarget & { readonly elementId?: string; readonly code?: string };

/** What a batch would be over: how many, the first of them, and who else would have to agree. */
export async function loadNewBatch(context: AppLoadContext, by: Person, url: string) {
  const { services, language } = context;
  const choice = requireChoice(url);
  const targets = await targetsOf(services, choice);
  const { mostChosen, secondPersonAbove } = services.engine.batches.limits;
  return {
    title: translate(language)(`batches:choose.${choice.work}.title`),
    ...{ work: choice.work, id: randomUUID(), now: services.clock.now(), mostChosen, secondPersonAbove },
    count: Math.min(targets.length, mostChosen),
    cases: new Set(targets.map(({ caseId }) => caseId)).size,
    tooMany: targets.length > mostChosen,
    others: await othersWhoMay(services, by),
    narrowed: await inWords(services, choice),
    rows: await firstOf(services, targets.slice(0, mostShown)),
  };
}

/** Who could release what this person asks for. */
export async function othersWhoMay({ directory, engine, tenantId, clock }: Services, by: Pick<Person, 'id'>) {
  const people = await directory.people(tenantId, clock.now());
  return people.filter((one) => one.id !== by.id && engine.mayChangeCases(one)).map(({ name }) => name);
}

/** The filters with flow and step by name, for the reader to check what was chosen. */
async function inWords(services: Services, { filters, ticked }: Choice) {
  const { flow, at, ...others } = filters;
  const titles = await flowTitles(services);
  const nameOf = await elementNames(services, new Set(flow ? [flow] : []));
  return {
    ...others,
    flow: flow ? titles(flow) : undefined,
    at: at ? nameOf(flow ?? '', at) : undefined,
    ticked: ticked.length,
  };
}

async function firstOf(services: Services, targets: readonly Target[]) {
  const { readModels, tenantId } = services;
  const caseIds = [...new Set(targets.map(({ caseId }) => caseId))];
  const found = await readModels.findCases({ tenantId, caseIds, limit: mostShown });
  const byId = new Map(found.items.map((row) => [row.caseId, row]));
  const titles = await flowTitles(services);
  const nameOf = await elementNames(services, new Set(found.items.map(({ processKey }) => processKey)));
  return targets.flatMap(({ caseId, subject, elementId, code }) => {
    const row = byId.get(caseId);
    if (!row) return [];
    const { businessKey, startedAt, lastAt, processKey } = row;
    const element = elementId === undefined ? undefined : nameOf(processKey, elementId);
    return [{ caseId, subject, code, element, businessKey, startedAt, lastAt, flow: titles(processKey) }];
  });
}

/** Begins the dry run over what is chosen now. */
export async function beginBatch(context: AppLoadContext, by: Person, request: Request) {
  const { services } = context;
  const { engine, tenantId } = services;
  const choice = requireChoice(request.url);
  const form = await request.formData();
  const found = await targetsOf(services, choice);
  if (found.length === 0) return data({ code: 'batches:choose.gone', params: {} }, { status: 409 });
  const targets = found.map(({ caseId, subject }) => ({ caseId, ...(subject !== undefined && { subject }) }));
  const reason = optionalText(form, 'reason', longestReason) ?? '';
  const id = requireText(form, 'id');
  const begun = await engine.batches.request({ tenantId, by, id, work: { kind: choice.work }, reason, targets });
  if (begun.ok) return redirect(`/operations/batches/${id}`);
  const { rejection } = begun;
  return data({ code: sentenceOf(rejection), params: rejection.params ?? {} }, { status: statusOf(rejection) });
}
