import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BatchesPage } from '../operations/batches/batches-page.tsx';
import { loadBatches } from '../operations/batches/load-batch.server.ts';
import { requireChanger } from '../operations/batches/new-migration.server.ts';
import { requireArea } from '../security/require.server.ts';
import { ErrorPage } from '../ui/error-page.tsx';
import { titleOfPage } from '../ui/page-title.ts';

export const meta = titleOfPage;
export const ErrorBoundary = ErrorPage;

export async function loader({ context }: LoaderFunctionArgs) {
  requireChanger(context, requireArea(context, 'operations'));
  return loadBatches(context);
}

export default function Batches() {
  return <BatchesPage batches={useLoaderData<typeof loader>().batches} />;
}
