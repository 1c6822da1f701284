import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { changeCase, loadChange } from '../cases/change/change-case.server.ts';
import { ChangePage } from '../cases/change/change-page.tsx';
import { readCaseId } from '../security/read-address.server.ts';
import { requireArea } from '../security/require.server.ts';
import { ErrorPage } from '../ui/error-page.tsx';
import { titleOfPage } from '../ui/page-title.ts';

export const meta = titleOfPage;
export const ErrorBoundary = ErrorPage;

export async function loader({ params, context }: LoaderFunctionArgs) {
  return loadChange(context, requireArea(context, 'operations'), readCaseId(params));
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const person = requireArea(context, 'operations');
  return changeCase(context, person, readCaseId(params), await request.formData());
}

export default function Change() {
  return <ChangePage shown={useLoaderData<typeof loader>()} answer={useActionData<typeof action>()} />;
}
