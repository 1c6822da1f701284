import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { translate } from '../i18n/translate.server.ts';
import { problem } from '../problem.ts';
import { requireArea } from '../security/require.server.ts';
import { actOnSimulators } from '../simulators/screen/act.server.ts';
import simulatorStyles from '../simulators/screen/simulators.css?url';
import { SimulatorsPage } from '../simulators/screen/simulators-page.tsx';
import { ErrorPage } from '../ui/error-page.tsx';
import { titleOfPage } from '../ui/page-title.ts';

export const meta = titleOfPage;
export const ErrorBoundary = ErrorPage;
export const links = () => [{ rel: 'stylesheet', href: simulatorStyles }];

/** There is no such page outside the demonstration. */
export async function loader({ context }: LoaderFunctionArgs) {
  requireArea(context, 'demo');
  const { simulators } = context.services;
  if (!simulators) throw problem({ status: 404 });
  return {
    title: translate(context.language)('simulators:title'),
    jobTypes: simulators.jobTypes,
    overview: await simulators.overview(),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  requireArea(context, 'demo');
  const { simulators } = context.services;
  if (!simulators) throw problem({ status: 404 });
  return actOnSimulators(simulators, await request.formData());
}

export default function Simulators() {
  const { jobTypes, overview } = useLoaderData<typeof loader>();
  const acted = useActionData<typeof action>();
  return <SimulatorsPage jobTypes={jobTypes} overview={overview} acted={acted} />;
}
