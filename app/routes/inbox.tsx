import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { translate } from '../i18n/translate.server.ts';
import { claimFromInbox } from '../inbox/claim.server.ts';
import { InboxPage } from '../inbox/inbox-page.tsx';
import { loadInbox } from '../inbox/load-inbox.server.ts';
import { requireArea } from '../security/require.server.ts';
import { ErrorPage } from '../ui/error-page.tsx';
import { titleOfPage } from '../ui/page-title.ts';

export const meta = titleOfPage;
export const ErrorBoundary = ErrorPage;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const person = requireArea(context, 'inbox');
  const url = new URL(request.url);
  const list = await loadInbox(context, person, {
    view: url.searchParams.get('view'),
    cursor: url.searchParams.get('cursor') ?? undefined,
  });
  return { title: translate(context.language)('inbox:title'), ...list };
}

/** Claims a task, or searches: names of patients are searched by POST so that they stand in no address. */
export async function action({ request, context }: ActionFunctionArgs) {
  const person = requireArea(context, 'inbox');
  const form = await request.formData();
  if (form.get('intent') === 'claim') return claimFromInbox(context, person, form);
  const search = String(form.get('search') ?? '')
    .trim()
    .slice(0, 80);
  const view = form.get('view');
  return { search, list: await loadInbox(context, person, { view, search }) };
}

export default function Inbox() {
  const loaded = useLoaderData<typeof loader>();
  const acted = useActionData<typeof action>();
  const found = acted && 'list' in acted && acted.search !== '' ? acted : undefined;
  return <InboxPage {...(found?.list ?? loaded)} search={found?.search ?? ''} />;
}
