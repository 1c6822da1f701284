import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { Link, useFetcher, useLoaderData } from '@remix-run/react';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { loadSalePaper, newPrintKey } from '../hospital/cashier/papers/load-sale-paper.server.ts';
import salePaperStyles from '../hospital/cashier/papers/sale-paper.css?url';
import { SalePaperSheet } from '../hospital/cashier/papers/sale-papers.tsx';
import { formatInstant } from '../i18n/format.ts';
import { translate } from '../i18n/translate.server.ts';
import { requireArea } from '../security/require.server.ts';
import { requireText } from '../server/form-fields.ts';
import { ErrorPage } from '../ui/error-page.tsx';
import { titleOfPage } from '../ui/page-title.ts';
import { CsrfField } from '../ui/post-form.tsx';

export const meta = titleOfPage;
export const ErrorBoundary = ErrorPage;
export const links = () => [{ rel: 'stylesheet', href: salePaperStyles }];

export async function loader({ params, context }: LoaderFunctionArgs) {
  requireArea(context, 'cashier');
  const paper = await loadSalePaper(context, params);
  const { hospital, clock } = context.services;
  const { copies } = await hospital.prints.count(paper.kind, paper.number);
  return {
    title: translate(context.language)(`cashier:papers.${paper.kind}`),
    saleNo: params.saleNo ?? '',
    paper,
    copies,
    printedAt: formatInstant(clock.now()),
    key: newPrintKey(),
  };
}

/** Counts one more copy before the browser prints it. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const person = requireArea(context, 'cashier');
  const paper = await loadSalePaper(context, params);
  const key = requireText(await request.formData(), 'key');
  const { hospital, clock } = context.services;
  return hospital.prints.record({ template: paper.kind, ref: paper.number, by: person.id, key, at: clock.now() });
}

export default function SalePaperPage() {
  const { saleNo, paper, copies, printedAt, key } = useLoaderData<typeof loader>();
  const { t } = useTranslation('cashier');
  const counted = useFetcher<typeof action>();
  const printed = useRef(0);
  const copy = counted.state === 'idle' ? (counted.data?.copies ?? 0) : 0;
  useEffect(() => {
    // Counted first, printed then: the copy that comes out carries its number.
    if (copy === 0 || printed.current === copy) return;
    printed.current = copy;
    window.print();
  }, [copy]);
  return (
    <div className="cashier">
      <div className="page-head print-bar">
        <h1>{t(`papers.${paper.kind}`)}</h1>
        <Link to={`/cashier/sales/${encodeURIComponent(saleNo)}`}>{saleNo}</Link>
        <span className="muted" role="status">
          {copies === 0 ? t('neverPrinted') : t('printedBefore', { count: copies })}
        </span>
        <span className="spring" />
        <counted.Form method="post">
          <CsrfField />
          <input type="hidden" name="key" value={key} />
          <Button type="primary" htmlType="submit" disabled={counted.state !== 'idle'}>
            {copies === 0 ? t('print') : t('printAgain')}
          </Button>
        </counted.Form>
      </div>
      <SalePaperSheet paper={paper} copies={Math.max(copies, copy)} printedAt={printedAt} />
    </div>
  );
}
