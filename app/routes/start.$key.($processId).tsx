import { randomUUID } from 'node:crypto';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { type ClientActionFunctionArgs, useLoaderData } from '@remix-run/react';
import { plainFormToStart } from '../form/plain-form.server.ts';
import { requireArea } from '../security/require.server.ts';
import { requireEntry, startCase } from '../start/start-case.server.ts';
import { StartPage } from '../start/start-page.tsx';
import { sendOrKeep, unlessNoAnswer } from '../ui/connection.ts';
import { ErrorPage } from '../ui/error-page.tsx';
import { titleOfPage } from '../ui/page-title.ts';

export const meta = titleOfPage;
export const ErrorBoundary = ErrorPage;
export const shouldRevalidate = unlessNoAnswer;

export async function loader({ params, context }: LoaderFunctionArgs) {
  const person = requireArea(context, 'start');
  const entry = await requireEntry(context, person, params);
  const { services } = context;
  const found = await services.readModels.getPackage({ tenantId: services.tenantId, key: entry.key });
  const own = entry.formId === undefined ? undefined : found?.package.forms[entry.formId];
  const form = own ?? (found && (await plainFormToStart(found)));
  return {
    title: entry.title[context.language],
    entry,
    form,
    requestKey: randomUUID(),
    personName: person.name,
    personId: person.id,
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const person = requireArea(context, 'start');
  const entry = await requireEntry(context, person, params);
  return startCase(context, person, entry, await request.formData());
}

export function clientAction({ serverAction }: ClientActionFunctionArgs) {
  return sendOrKeep(() => serverAction<typeof action>());
}

export default function Start() {
  const data = useLoaderData<typeof loader>();
  return <StartPage key={`${data.entry.key}/${data.entry.processId}`} {...data} />;
}
