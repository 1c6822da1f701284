import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { type ClientActionFunctionArgs, useLoaderData } from '@remix-run/react';
import { translate } from '../i18n/translate.server.ts';
import { readAddress } from '../security/read-address.server.ts';
import { requireArea } from '../security/require.server.ts';
import { loadTask } from '../task/load-task.server.ts';
import { submitTask } from '../task/submit-task.server.ts';
import { TaskPage } from '../task/task-page.tsx';
import { sendOrKeep, unlessNoAnswer } from '../ui/connection.ts';
import { ErrorPage } from '../ui/error-page.tsx';
import { titleOfPage } from '../ui/page-title.ts';

export const meta = titleOfPage;
export const ErrorBoundary = ErrorPage;
export const shouldRevalidate = unlessNoAnswer;

export async function loader({ params, context }: LoaderFunctionArgs) {
  const person = requireArea(context, 'inbox');
  const task = await loadTask(context, person, readAddress(params));
  return { title: task.name[context.language] || translate(context.language)('task:title'), task };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const person = requireArea(context, 'inbox');
  return submitTask(context, person, readAddress(params), await request.formData());
}

export function clientAction({ serverAction }: ClientActionFunctionArgs) {
  return sendOrKeep(() => serverAction<typeof action>());
}

export default function Task() {
  const { task } = useLoaderData<typeof loader>();
  return <TaskPage task={task} />;
}
