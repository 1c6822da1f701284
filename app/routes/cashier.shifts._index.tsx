import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import cashierStyles from '../hospital/cashier/cashier.css?url';
import { loadShifts } from '../hospital/cashier/load-shifts.server.ts';
import { ShiftsPage } from '../hospital/cashier/shifts-page.tsx';
import { translate } from '../i18n/translate.server.ts';
import { requireArea } from '../security/require.server.ts';
import { ErrorPage } from '../ui/error-page.tsx';
import { titleOfPage } from '../ui/page-title.ts';

export const meta = titleOfPage;
export const ErrorBoundary = ErrorPage;
export const links = () => [{ rel: 'stylesheet', href: cashierStyles }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const person = requireArea(context, 'cashier');
  const day = new URL(request.url).searchParams.get('day');
  return { title: translate(context.language)('cashier:shiftsHeading'), ...(await loadShifts(context, person, day)) };
}

export default function Shifts() {
  const { day, shifts, settled } = useLoaderData<typeof loader>();
  return <ShiftsPage day={day} shifts={shifts} settled={settled} />;
}
