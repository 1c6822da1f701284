import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { BatchPage } from '../operations/batches/batch-page.tsx';
import { actOnBatch, loadBatch } from '../operations/batches/load-batch.server.ts';
import { requireChanger } from '../operations/batches/new-migration.server.ts';
import { requireArea } from '../security/require.server.ts';
import { ErrorPage } from '../ui/error-page.tsx';
import { titleOfPage } from '../ui/page-title.ts';

export const meta = titleOfPage;
export const ErrorBoundary = ErrorPage;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const person = requireChanger(context, requireArea(context, 'operations'));
  return loadBatch(context, person, params.id, request.url);
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const person = requireChanger(context, requireArea(context, 'operations'));
  return actOnBatch(context, person, params.id, await request.formData());
}

export default function Batch() {
  return <BatchPage shown={useLoaderData<typeof loader>()} refused={useActionData<typeof action>()} />;
}
