import { type AppLoadContext, redirect } from '@remix-run/node';
import { problem } from '../problem.ts';
import { recordRead } from '../security/record-read.server.ts';
import { flowTitles } from '../server/flow-titles.server.ts';

/** The page's data of a case that was archived; nothing when there is no such case. */
export async function loadArchived(context: AppLoadContext, caseId: string) {
  const { services, language } = context;
  const found = await services.readModels.getArchivedCase({ tenantId: services.tenantId, caseId });
  if (!found) return undefined;
  const { patientId } = found;
  await recordRead(context, { screen: 'case', caseId, patientIds: patientId ? [patientId] : [] });
  const flow = (await flowTitles(services))(found.processKey);
  return { ...found, flow, title: flow[language] };
}

/** What the page of an archived case shows. */
export type ShownArchived = NonNullable<Awaited<ReturnType<typeof loadArchived>>>;

/** What to throw where a case is not in the database: the way to the page that says where it is now, or a 404 answer. */
export async function missingCase(
  { services }: AppLoadContext,
  caseId: string,
  code = 'rejections:case-not-found',
): Promise<Response> {
  const { readModels, tenantId } = services;
  const archived = await readModels.getArchivedCase({ tenantId, caseId });
  return archived ? redirect(`/cases/${caseId}`) : problem({ status: 404, code });
}
