import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { beginBatch, loadNewBatch } from '../operations/batches/new-batch.server.ts';
import { NewBatchPage } from '../operations/batches/new-batch-page.tsx';
import { requireChanger } from '../operations/batches/new-migration.server.ts';
import { requireArea } from '../security/require.server.ts';
import { ErrorPage } from '../ui/error-page.tsx';
import { titleOfPage } from '../ui/page-title.ts';

export const meta = titleOfPage;
export const ErrorBoundary = ErrorPage;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const person = requireChanger(context, requireArea(context, 'operations'));
  return loadNewBatch(context, person, request.url);
}

export async function action({ request, context }: ActionFunctionArgs) {
  const person = requireChanger(context, requireArea(context, 'operations'));
  return beginBatch(context, person, request);
}

export default function NewBatch() {
  return <NewBatchPage shown={useLoaderData<typeof loader>()} refused={useActionData<typeof action>()} />;
}
