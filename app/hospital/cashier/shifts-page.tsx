import { Form, Link } from '@remix-run/react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatInstant, formatMoney } from '../../i18n/format.ts';
import { ColumnHeads } from '../../ui/column-heads.tsx';
import type { DaySettlement } from '../till/day-settlement.ts';
import type { Shift } from '../till/shift.ts';

/** A shift with its clerk's name. */
export type NamedShift = Shift & { readonly clerkName: string };

function ShiftTable({ shifts }: { readonly shifts: readonly NamedShift[] }) {
  const { t } = useTranslation('cashier');
  if (shifts.length === 0) return <p className="muted">{t('noShifts')}</p>;
  return (
    <div className="table-frame">
      <table className="plain-table">
        <ColumnHeads
          columns={[
            { title: t('shift') },
            { title: t('clerk') },
            { title: t('opened') },
            { title: t('closed') },
            { title: t('events'), figures: true },
            { title: t('expectedCash'), figures: true },
            { title: t('countedCash'), figures: true },
            { title: t('difference'), figures: true },
          ]}
        />
        <tbody>
          {shifts.map((shift) => (
            <tr key={shift.shiftId}>
              <td>
                <Link to={`/cashier/shifts/${shift.shiftId}`}>{shift.shiftId}</Link>
              </td>
              <td>{shift.clerkName}</td>
              <td className="nowrap">{formatInstant(shift.openedAt)}</td>
              <td className="nowrap">{shift.closing ? formatInstant(shift.closing.at) : t('stillOpen')}</td>
              <td className="number">{shift.events.length}</td>
              <td className="number">{shift.closing && formatMoney(shift.closing.expected)}</td>
              <td className="number">{shift.closing && formatMoney(shift.closing.counted)}</td>
              <td className="number">{shift.closing && formatMoney(shift.closing.difference)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Settlement({ settled }: { readonly settled: DaySettlement }) {
  const { t } = useTranslation('cashier');
  const rows = settled.ledger.filter(({ received, givenBack }) => received !== 0 || givenBack !== 0);
  return (
    <section className="panel" aria-labelledby="settlement-title">
      <h2 id="settlement-title">{t('daySettlement', { day: settled.day })}</h2>
      {!settled.complete && <p className="notice warning">{t('shiftsStillOpen')}</p>}
      <table className="plain-table">
        <ColumnHeads
          columns={[
            { title: t('payer') },
            { title: t('ledgerReceived'), figures: true },
            { title: t('ledgerGivenBack'), figures: true },
            { title: t('tillReceived'), figures: true },
            { title: t('tillGivenBack'), figures: true },
          ]}
        />
        <tbody>
          {rows.map(({ payer, received, givenBack }) => {
            const till = settled.tills.find(({ channel }) => channel === payer);
            return (
              <tr key={payer}>
                <th scope="row">{t(`payers.${payer}`)}</th>
                <td className="number">{formatMoney(received)}</td>
                <td className="number">{formatMoney(givenBack)}</td>
                <td className="number">{till ? formatMoney(till.received) : '–'}</td>
                <td className="number">{till ? formatMoney(till.givenBack) : '–'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="muted">{t('settlementHint')}</p>
      <p>
        {t('cashDifference')} <strong>{formatMoney(settled.cashDifference)}</strong>
      </p>
    </section>
  );
}

/** The shifts of a day and, for those who audit them, the day's settlement. */
export function ShiftsPage(props: {
  readonly day: string;
  readonly shifts: readonly NamedShift[];
  readonly settled: DaySettlement | null;
}) {
  const { t } = useTranslation('cashier');
  return (
    <div className="cashier">
      <div className="page-head">
        <h1>{t('shiftsHeading')}</h1>
        <Link to="/cashier">{t('backToTill')}</Link>
        <span className="spring" />
        <Form className="search-form" method="get">
          <label htmlFor="day">{t('day')}</label>
          <input
            id="day"
            name="day"
            type="date"
            className="plain-input"
            defaultValue={props.day}
            key={props.day}
            required
          />
          <Button htmlType="submit">{t('show')}</Button>
        </Form>
      </div>
      <ShiftTable shifts={props.shifts} />
      {props.settled && <Settlement settled={props.settled} />}
    </div>
  );
}
