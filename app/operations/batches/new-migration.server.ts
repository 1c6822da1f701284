import { randomUUID } from 'node:crypto';
import type { AppLoadContext } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import type { MigrationMapping, Person, TimerChoice } from '../../../engine/index.ts';
import { translate } from '../../i18n/translate.server.ts';
import { problem } from '../../problem.ts';
import { optionalText, requireText } from '../../server/form-fields.ts';
import { sentenceOf, statusOf } from '../../server/rejection-answer.ts';

/** Characters of a batch's reason. */
export const longestReason = 1000;

/** Somebody who may change running cases; @throws a 403 answer otherwise. */
export function requireChanger({ services }: AppLoadContext, by: Person): Person {
  if (!services.engine.mayChangeCases(by)) throw problem({ status: 403, code: 'batches:mayNot' });
  return by;
}

/** Flows with running cases on several versions' worth of choice, and the mapping proposed for the versions chosen. */
export async function loadNewMigration(context: AppLoadContext, url: string) {
  const { services, language } = context;
  const { tenantId, engine, readModels } = services;
  const query = new URL(url).searchParams;
  const rows = await readModels.listDefinitions({ tenantId });
  const flows = rows
    .filter(({ version }) => version > 1)
    .map(({ key, title, version, runningCases }) => ({ key, title, version, runningCases }));
  const flow = flows.find(({ key }) => key === query.get('flow'));
  const running = flow?.runningCases ?? [];
  const from = numberIn(query.get('from')) ?? running.find(({ version }) => version !== flow?.version)?.version;
  const to = numberIn(query.get('to')) ?? flow?.version;
  const chosen = flow && from !== undefined && to !== undefined ? { processKey: flow.key, from, to } : undefined;
  const proposed = chosen && (await engine.proposeMigration({ tenantId, ...chosen }));
  return {
    title: translate(language)('batches:migrate.title'),
    ...{ flows, flow, from, to, id: randomUUID() },
    cases: running.find(({ version }) => version === from)?.cases ?? 0,
    proposal: proposed?.ok ? proposed.value : undefined,
  };
}

function numberIn(text: string | null): number | undefined {
  return text !== null && /^[1-9][0-9]{0,5}$/.test(text) ? Number(text) : undefined;
}

/** Begins the dry run of a migration. */
export async function beginMigration(context: AppLoadContext, by: Person, form: FormData) {
  const { engine, tenantId } = context.services;
  const from = numberIn(requireText(form, 'from'));
  const to = numberIn(requireText(form, 'to'));
  if (from === undefined || to === undefined) throw problem({ status: 422, code: 'field', params: { field: 'from' } });
  const timers: TimerChoice = form.get('timers') === 'keep' ? 'keep' : 'recalculate';
  const versions = { processKey: requireText(form, 'flow'), from, to };
  const work = { kind: 'migrate', ...versions, timers, mapping: mappingIn(form) } as const;
  const reason = optionalText(form, 'reason', longestReason) ?? '';
  const id = requireText(form, 'id');
  const begun = await engine.batches.request({ tenantId, by, id, work, reason });
  if (begun.ok) return redirect(`/operations/batches/${id}`);
  const { rejection } = begun;
  return data({ code: sentenceOf(rejection), params: rejection.params ?? {} }, { status: statusOf(rejection) });
}

function mappingIn(form: FormData): MigrationMapping {
  const pairs = [...form].flatMap(([name, value]) =>
    name.startsWith('map:') && typeof value === 'string' && value !== '' ? [[name.slice('map:'.length), value]] : [],
  );
  return Object.fromEntries(pairs);
}
