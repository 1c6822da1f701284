import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { beginMigration, loadNewMigration, requireChanger } from '../operations/batches/new-migration.server.ts';
import { NewMigrationPage } from '../operations/batches/new-migration-page.tsx';
import { requireArea } from '../security/require.server.ts';
import { ErrorPage } from '../ui/error-page.tsx';
import { titleOfPage } from '../ui/page-title.ts';

export const meta = titleOfPage;
export const ErrorBoundary = ErrorPage;

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireChanger(context, requireArea(context, 'operations'));
  return loadNewMigration(context, request.url);
}

export async function action({ request, context }: ActionFunctionArgs) {
  const person = requireChanger(context, requireArea(context, 'operations'));
  return beginMigration(context, person, await request.formData());
}

export default function NewMigration() {
  return <NewMigrationPage shown={useLoaderData<typeof loader>()} refused={useActionData<typeof action>()} />;
}
