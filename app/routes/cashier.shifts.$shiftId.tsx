import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import cashierStyles from '../hospital/cashier/cashier.css?url';
import { loadShift } from '../hospital/cashier/load-shifts.server.ts';
import salePaperStyles from '../hospital/cashier/papers/sale-paper.css?url';
import { ShiftPage } from '../hospital/cashier/shift-page.tsx';
import { translate } from '../i18n/translate.server.ts';
import { requireArea } from '../security/require.server.ts';
import { ErrorPage } from '../ui/error-page.tsx';
import { titleOfPage } from '../ui/page-title.ts';

export const meta = titleOfPage;
export const ErrorBoundary = ErrorPage;
export const links = () => [
  { rel: 'stylesheet', href: cashierStyles },
  { rel: 'stylesheet', href: salePaperStyles },
];

export async function loader({ params, context }: LoaderFunctionArgs) {
  const person = requireArea(context, 'cashier');
  const shift = await loadShift(context, person, params.shiftId ?? '');
  return { title: translate(context.language)('cashier:handOver', { shift: shift.shiftId }), shift };
}

export default function Shift() {
  return <ShiftPage shift={useLoaderData<typeof loader>().shift} />;
}
