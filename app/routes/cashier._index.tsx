import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actAtCashier } from '../hospital/cashier/act.server.ts';
import cashierStyles from '../hospital/cashier/cashier.css?url';
import { TillPage } from '../hospital/cashier/till-page.tsx';
import { translate } from '../i18n/translate.server.ts';
import { requireArea } from '../security/require.server.ts';
import { ErrorPage } from '../ui/error-page.tsx';
import { titleOfPage } from '../ui/page-title.ts';

export const meta = titleOfPage;
export const ErrorBoundary = ErrorPage;
export const links = () => [{ rel: 'stylesheet', href: cashierStyles }];

export async function loader({ context }: LoaderFunctionArgs) {
  const person = requireArea(context, 'cashier');
  const clerk = person.roles.includes('clerk');
  const shift = clerk ? await context.services.hospital.till.openShiftOf(person.id) : undefined;
  return { title: translate(context.language)('cashier:title'), clerk, shift: shift ?? null };
}

/** Opens a shift, closes it by a count, or finds a sale: by POST, so that a patient's number stands in no address. */
export async function action({ request, context }: ActionFunctionArgs) {
  const person = requireArea(context, 'cashier');
  return actAtCashier(context, person, await request.formData());
}

export default function Cashier() {
  const { clerk, shift } = useLoaderData<typeof loader>();
  const acted = useActionData<typeof action>();
  return <TillPage clerk={clerk} shift={shift} acted={acted} />;
}
