import { Link, useNavigation } from '@remix-run/react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatInstant, formatMoney } from '../../i18n/format.ts';
import { PostForm } from '../../ui/post-form.tsx';
import { expectedCash, type Shift } from '../till/shift.ts';
import type { CashierAnswer, FoundSale } from './act.server.ts';
import { CloseShiftForm } from './close-shift-form.tsx';
import { ChannelTable, EventTable } from './shift-events.tsx';

function OpenShiftForm({ refused }: { readonly refused?: string }) {
  const { t } = useTranslation('cashier');
  const busy = useNavigation().state !== 'idle';
  return (
    <section className="panel" aria-labelledby="open-title">
      <h2 id="open-title">{t('noOpenShift')}</h2>
      <p>{t('openHint')}</p>
      <PostForm className="search-form">
        <input type="hidden" name="intent" value="open" />
        <label htmlFor="float">{t('float')}</label>
        <input id="float" name="float" className="plain-input" inputMode="decimal" defaultValue="500.00" required />
        <Button type="primary" htmlType="submit" disabled={busy}>
          {t('openShift')}
        </Button>
      </PostForm>
      {refused && (
        <p className="notice danger" role="alert">
          {t(`refusals.${refused}`)}
        </p>
      )}
    </section>
  );
}

function OpenShift({ shift, refused }: { readonly shift: Shift; readonly refused?: string }) {
  const { t } = useTranslation('cashier');
  return (
    <div className="till">
      <section className="panel" aria-labelledby="shift-title">
        <h2 id="shift-title">{t('myShift', { shift: shift.shiftId })}</h2>
        <p className="muted">{t('openedAt', { at: formatInstant(shift.openedAt), float: formatMoney(shift.float) })}</p>
        <ChannelTable shift={shift} />
        <h3>{t('events')}</h3>
        <EventTable shift={shift} />
      </section>
      <section className="panel" aria-labelledby="close-title">
        <h2 id="close-title">{t('closing')}</h2>
        <CloseShiftForm expected={expectedCash(shift)} refused={refused} />
      </section>
    </div>
  );
}

function Found({ found, text }: { readonly found: readonly FoundSale[]; readonly text?: string }) {
  const { t } = useTranslation('cashier');
  if (found.length === 0) {
    return (
      <p className="notice warning" role="status">
        {t('nothingFound', { text })}
      </p>
    );
  }
  return (
    <ul className="found-sales">
      {found.map((sale) => (
        <li key={sale.saleNo}>
          <Link to={`/cashier/sales/${encodeURIComponent(sale.saleNo)}`}>{sale.saleNo}</Link> {sale.patientName}{' '}
          {sale.soldAt && formatInstant(sale.soldAt)} {formatMoney(sale.total)}{' '}
          <span className="muted">{sale.receiptNo}</span>
        </li>
      ))}
    </ul>
  );
}

/** The charge office's first page: the clerk's own shift, and the search for a sale. */
export function TillPage(props: {
  readonly clerk: boolean;
  readonly shift: Shift | null;
  readonly acted?: CashierAnswer;
}) {
  const { t } = useTranslation('cashier');
  const { clerk, shift, acted } = props;
  return (
    <div className="cashier">
      <div className="page-head">
        <h1>{t('heading')}</h1>
        <Link to="/cashier/shifts">{t('shiftsLink')}</Link>
        <span className="spring" />
        <PostForm className="search-form" role="search">
          <input type="hidden" name="intent" value="find" />
          <label htmlFor="find-sale" className="visually-hidden">
            {t('findSale')}
          </label>
          <input
            id="find-sale"
            name="text"
            className="plain-input"
            placeholder={t('findPlaceholder')}
            maxLength={80}
            required
          />
          <Button htmlType="submit">{t('findSale')}</Button>
        </PostForm>
      </div>
      {acted?.found && <Found found={acted.found} text={acted.text} />}
      {clerk && !shift && <OpenShiftForm refused={acted?.refused} />}
      {clerk && shift && <OpenShift shift={shift} refused={acted?.refused} />}
      {!clerk && <p className="panel">{t('notAClerk')}</p>}
    </div>
  );
}
