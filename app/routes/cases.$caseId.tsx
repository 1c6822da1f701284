import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { ArchivedCasePage } from '../cases/archived-case-page.tsx';
import { CasePage } from '../cases/case-page.tsx';
import { handleAdHoc } from '../cases/handle-ad-hoc.server.ts';
import { handleIncident } from '../cases/handle-incident.server.ts';
import { loadArchived } from '../cases/load-archived.server.ts';
import { loadCase } from '../cases/load-case.server.ts';
import diagramStyles from '../diagram/diagram.css?url';
import { problem } from '../problem.ts';
import { readCaseId } from '../security/read-address.server.ts';
import { requireArea } from '../security/require.server.ts';
import { ErrorPage } from '../ui/error-page.tsx';
import { titleOfPage } from '../ui/page-title.ts';

export const meta = titleOfPage;
export const ErrorBoundary = ErrorPage;
export const links = () => [{ rel: 'stylesheet', href: diagramStyles }];

export async function loader({ params, context }: LoaderFunctionArgs) {
  const person = requireArea(context, 'cases');
  const caseId = readCaseId(params);
  const shown = (await loadCase(context, person, caseId)) ?? (await loadArchived(context, caseId));
  if (!shown) throw problem({ status: 404, code: 'rejections:case-not-found' });
  return shown;
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const person = requireArea(context, 'cases');
  const form = await request.formData();
  const intent = form.get('intent');
  const handle = intent === 'enter' || intent === 'finish' ? handleAdHoc : handleIncident;
  return handle(context, person, readCaseId(params), form);
}

export default function Case() {
  const shown = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return 'archive' in shown ? <ArchivedCasePage shown={shown} /> : <CasePage shown={shown} refused={refused} />;
}
