import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { translate } from '../i18n/translate.server.ts';
import { loadOperations } from '../operations/load-operations.server.ts';
import { OperationsPage } from '../operations/operations-page.tsx';
import { requireArea } from '../security/require.server.ts';
import { ErrorPage } from '../ui/error-page.tsx';
import { titleOfPage } from '../ui/page-title.ts';

export const meta = titleOfPage;
export const ErrorBoundary = ErrorPage;

export async function loader({ context }: LoaderFunctionArgs) {
  requireArea(context, 'operations');
  return { title: translate(context.language)('operations:title'), ...(await loadOperations(context)) };
}

export default function Operations() {
  return <OperationsPage shown={useLoaderData<typeof loader>()} />;
}
