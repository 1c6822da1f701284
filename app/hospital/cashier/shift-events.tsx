import { Link } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { formatInstant, formatMoney } from '../../i18n/format.ts';
import { ColumnHeads } from '../../ui/column-heads.tsx';
import { channelTotals, type Shift } from '../till/shift.ts';

/** What a shift took and gave by channel. */
export function ChannelTable({ shift }: { readonly shift: Shift }) {
  const { t } = useTranslation('cashier');
  const rows = channelTotals(shift).filter(({ received, refunded }) => received > 0 || refunded > 0);
  if (rows.length === 0) return <p className="muted">{t('noMoneyYet')}</p>;
  return (
    <table className="plain-table">
      <ColumnHeads
        columns={[
          { title: t('channel') },
          { title: t('received'), figures: true },
          { title: t('refunded'), figures: true },
          { title: t('net'), figures: true },
        ]}
      />
      <tbody>
        {rows.map(({ channel, received, refunded }) => (
          <tr key={channel}>
            <th scope="row">{t(`payers.${channel}`)}</th>
            <td className="number">{formatMoney(received)}</td>
            <td className="number">{formatMoney(refunded)}</td>
            <td className="number">{formatMoney(received - refunded)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Every payment, refund, void and reprint of a shift, newest first. */
export function EventTable({ shift }: { readonly shift: Shift }) {
  const { t } = useTranslation('cashier');
  if (shift.events.length === 0) return <p className="muted">{t('noEvents')}</p>;
  return (
    <div className="table-frame">
      <table className="plain-table">
        <ColumnHeads
          columns={[
            { title: t('time') },
            { title: t('kind') },
            { title: t('channel') },
            { title: t('amount'), figures: true },
            { title: t('sale') },
            { title: t('reference') },
          ]}
        />
        <tbody>
          {shift.events.toReversed().map((event) => (
            <tr key={event.no}>
              <td className="nowrap">{formatInstant(event.at)}</td>
              <td>
                {t(`kinds.${event.kind}`)}
                {event.crossReference && (
                  <span className="muted"> {t('crossReference', { shift: event.crossReference })}</span>
                )}
              </td>
              <td>{event.channel && t(`payers.${event.channel}`)}</td>
              <td className="number">{event.amount !== 0 && formatMoney(event.amount)}</td>
              <td>
                {event.saleNo && <Link to={`/cashier/sales/${encodeURIComponent(event.saleNo)}`}>{event.saleNo}</Link>}
              </td>
              <td className="muted">{event.ref}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
