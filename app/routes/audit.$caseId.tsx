import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { AuditPage } from '../audit/audit-page.tsx';
import { loadAudit } from '../audit/load-audit.server.ts';
import diagramStyles from '../diagram/diagram.css?url';
import { problem } from '../problem.ts';
import { readCaseId } from '../security/read-address.server.ts';
import { requireArea } from '../security/require.server.ts';
import { optionalText, requireText } from '../server/form-fields.ts';
import { ErrorPage } from '../ui/error-page.tsx';
import { titleOfPage } from '../ui/page-title.ts';

export const meta = titleOfPage;
export const ErrorBoundary = ErrorPage;
export const links = () => [{ rel: 'stylesheet', href: diagramStyles }];

const longestComment = 1000;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  requireArea(context, 'audit');
  return loadAudit(context, readCaseId(params), new URL(request.url).searchParams.get('seq'));
}

/** Records what the auditor makes of a documented exception. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const person = requireArea(context, 'audit');
  const caseId = readCaseId(params);
  const form = await request.formData();
  const seq = Number(requireText(form, 'seq'));
  const verdict = (['accepted', 'questioned'] as const).find((one) => one === form.get('verdict'));
  const comment = optionalText(form, 'comment', longestComment) ?? '';
  if (!verdict) throw problem({ status: 422, code: 'field', params: { field: 'verdict' } });
  const { services } = context;
  const { tenantId } = services;
  const history = await services.readModels.listHistory({ tenantId, caseId });
  if (!history?.entries.some((entry) => entry.seq === seq && entry.override)) throw problem({ status: 404 });
  const reviewedAt = services.clock.now();
  await services.overrideReviews.add({ tenantId, caseId, seq, verdict, comment, reviewedBy: person.id, reviewedAt });
  return redirect(`/audit/${caseId}?seq=${seq}`);
}

export default function AuditCase() {
  return <AuditPage shown={useLoaderData<typeof loader>()} />;
}
