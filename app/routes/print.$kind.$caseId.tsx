import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { loadPrint, readPrintPlace } from '../print/load-print.server.ts';
import printStyles from '../print/print.css?url';
import { PrintPage } from '../print/print-page.tsx';
import { recordPrint } from '../print/record-print.server.ts';
import { requirePerson } from '../security/require.server.ts';
import { ErrorPage } from '../ui/error-page.tsx';
import { titleOfPage } from '../ui/page-title.ts';

export const meta = titleOfPage;
export const ErrorBoundary = ErrorPage;
export const links = () => [{ rel: 'stylesheet', href: printStyles }];

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  requirePerson(context);
  return loadPrint(context, readPrintPlace(params, request.url));
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  requirePerson(context);
  return recordPrint(context, readPrintPlace(params, request.url), await request.formData());
}

export default function Print() {
  const shown = useLoaderData<typeof loader>();
  // Another paper is another page: what was recorded for the last one must not stay.
  return <PrintPage key={`${shown.paper.kind}/${shown.caseId}/${shown.taskId}/${shown.item}`} shown={shown} />;
}
