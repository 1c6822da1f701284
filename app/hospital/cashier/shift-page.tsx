import { Link } from '@remix-run/react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatInstant, formatMoney } from '../../i18n/format.ts';
import { expectedCash } from '../till/shift.ts';
import { ChannelTable, EventTable } from './shift-events.tsx';
import type { NamedShift } from './shifts-page.tsx';

/** One shift: its money by channel, its count, every event. Prints as the hand-over paper (交班单). */
export function ShiftPage({ shift }: { readonly shift: NamedShift }) {
  const { t } = useTranslation('cashier');
  const { closing } = shift;
  return (
    <div className="cashier shift-sheet">
      <div className="page-head print-bar">
        <Link to="/cashier/shifts">{t('shiftsHeading')}</Link>
        <span className="spring" />
        <Button onClick={() => window.print()}>{t('print')}</Button>
      </div>
      <section className="panel">
        <h1>{t('handOver', { shift: shift.shiftId })}</h1>
        <p>
          {t('clerk')} <strong>{shift.clerkName}</strong> ·{' '}
          {t('openedAt', { at: formatInstant(shift.openedAt), float: formatMoney(shift.float) })}
          {shift.automatic && <span className="muted"> {t('automatic')}</span>}
        </p>
        <ChannelTable shift={shift} />
        <h2>{t('cashCount')}</h2>
        {closing ? (
          <>
            <p>{t('closedAt', { at: formatInstant(closing.at) })}</p>
            <ul className="count-list">
              {Object.entries(closing.count)
                .filter(([, pieces]) => pieces > 0)
                .sort(([one], [other]) => Number(other) - Number(one))
                .map(([denomination, pieces]) => (
                  <li key={denomination}>
                    {formatMoney(Number(denomination))} × {pieces}
                  </li>
                ))}
            </ul>
            <dl className="till-sums">
              <dt>{t('expectedCash')}</dt>
              <dd>{formatMoney(closing.expected)}</dd>
              <dt>{t('countedCash')}</dt>
              <dd>{formatMoney(closing.counted)}</dd>
              <dt>{t('difference')}</dt>
              <dd className={closing.difference === 0 ? 'good' : 'late'}>{formatMoney(closing.difference)}</dd>
              {closing.note && <dt>{t('note')}</dt>}
              {closing.note && <dd>{closing.note}</dd>}
            </dl>
          </>
        ) : (
          <p className="notice">{t('openShould', { cash: formatMoney(expectedCash(shift)) })}</p>
        )}
        <h2>{t('events')}</h2>
        <EventTable shift={shift} />
      </section>
    </div>
  );
}
