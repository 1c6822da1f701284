import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import cashierStyles from '../hospital/cashier/cashier.css?url';
import { loadSale } from '../hospital/cashier/load-sale.server.ts';
import { SalePage } from '../hospital/cashier/sale-page.tsx';
import { translate } from '../i18n/translate.server.ts';
import { requireArea } from '../security/require.server.ts';
import { ErrorPage } from '../ui/error-page.tsx';
import { titleOfPage } from '../ui/page-title.ts';

export const meta = titleOfPage;
export const ErrorBoundary = ErrorPage;
export const links = () => [{ rel: 'stylesheet', href: cashierStyles }];

export async function loader({ params, context }: LoaderFunctionArgs) {
  requireArea(context, 'cashier');
  const shown = await loadSale(context, params.saleNo ?? '');
  return { title: translate(context.language)('cashier:saleHeading', { number: shown.saleNo }), shown };
}

export default function Sale() {
  return <SalePage shown={useLoaderData<typeof loader>().shown} />;
}
