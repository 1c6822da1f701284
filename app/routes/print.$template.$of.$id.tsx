import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { loadPrint, newPrintKey } from '../hospital/prints/load-print.server.ts';
import { Paper } from '../hospital/prints/paper.tsx';
import printStyles from '../hospital/prints/print.css?url';
import { formatInstant } from '../i18n/format.ts';
import { translate } from '../i18n/translate.server.ts';
import { requirePerson } from '../security/require.server.ts';
import { requireText } from '../server/form-fields.ts';
import { titleOfPage } from '../ui/page-title.ts';
import { CsrfField } from '../ui/post-form.tsx';

export const meta = titleOfPage;
export const links = () => [{ rel: 'stylesheet', href: printStyles }];

/** A paper to print: a case's (`/print/<paper>/<case>/<task or now>`) or a sale's (`/print/<paper>/sale/<number>`). */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const paper = await loadPrint(context, params);
  const { hospital, clock } = context.services;
  const { copies } = await hospital.prints.count(paper.template, paper.ref);
  return {
    title: translate(context.language)(`print:titles.${paper.template}`),
    paper,
    copies,
    printedAt: formatInstant(clock.now()),
    key: newPrintKey(),
  };
}

/** Counts one more copy before the browser prints it. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const person = requirePerson(context);
  const paper = await loadPrint(context, params);
  const key = requireText(await request.formData(), 'key');
  const { hospital, clock } = context.services;
  const { template, ref } = paper;
  return hospital.prints.record({ template, ref, by: person.id, key, at: clock.now() });
}

export default function Print() {
  const { paper, copies, printedAt, key } = useLoaderData<typeof loader>();
  const { t } = useTranslation('print');
  const counted = useFetcher<typeof action>();
  const printed = useRef<string>(undefined);
  const ready = counted.state === 'idle' && counted.data !== undefined;
  useEffect(() => {
    // Counted first, printed then: the copy that comes out carries its number. Once per counted copy.
    if (!ready || printed.current === String(counted.data?.copies)) return;
    printed.current = String(counted.data?.copies);
    window.print();
  }, [ready, counted.data]);
  return (
    <div className="print-page">
      <div className="page-head print-bar">
        <h1>{t(`titles.${paper.template}`)}</h1>
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
      <div className="print-desk">
        <Paper paper={paper} copies={Math.max(copies, counted.data?.copies ?? 0)} printedAt={printedAt} />
      </div>
    </div>
  );
}
