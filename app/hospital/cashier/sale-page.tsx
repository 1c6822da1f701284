import { Link } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { formatInstant, formatMoney } from '../../i18n/format.ts';
import { ColumnHeads } from '../../ui/column-heads.tsx';
import { useLanguage } from '../../ui/role-names.ts';
import type { ShownSale } from './load-sale.server.ts';
import type { SalePaperKind } from './papers/sale-paper.ts';

function PrintLink({ kind, saleNo }: { readonly kind: SalePaperKind; readonly saleNo: string }) {
  const { t } = useTranslation('cashier');
  return <Link to={`/cashier/sales/${encodeURIComponent(saleNo)}/print/${kind}`}>{t(`papers.${kind}`)}</Link>;
}

function Lines({ shown }: { readonly shown: ShownSale }) {
  const { t } = useTranslation('cashier');
  const language = useLanguage();
  return (
    <div className="table-frame">
      <table className="plain-table">
        <ColumnHeads
          columns={[
            { title: t('item') },
            { title: t('payClass') },
            { title: t('state') },
            { title: t('unitPrice'), figures: true },
            { title: t('qty'), figures: true },
            { title: t('returnedQty'), figures: true },
            { title: t('amount'), figures: true },
          ]}
        />
        <tbody>
          {shown.lines.map((line) => (
            <tr key={line.lineId}>
              <td>{language === 'en' ? line.nameEn : line.name}</td>
              <td>{t(`payClasses.${line.payClass}`)}</td>
              <td>{t(`lineStates.${line.state}`)}</td>
              <td className="number">{formatMoney(line.unitPrice)}</td>
              <td className="number">
                {line.qty} {line.unit}
              </td>
              <td className="number">{line.returnedQty > 0 ? line.returnedQty : ''}</td>
              <td className="number">{formatMoney(line.amount)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Balance({ shown }: { readonly shown: ShownSale }) {
  const { t } = useTranslation('cashier');
  return (
    <table className="plain-table">
      <ColumnHeads
        columns={[
          { title: t('payer') },
          { title: t('reference') },
          { title: t('received'), figures: true },
          { title: t('refunded'), figures: true },
          { title: t('charged'), figures: true },
        ]}
      />
      <tbody>
        {shown.balances.map((row) => (
          <tr key={`${row.payer}-${row.source}`}>
            <th scope="row">{t(`payers.${row.payer}`)}</th>
            <td className="muted">{row.source}</td>
            <td className="number">{formatMoney(row.received)}</td>
            <td className="number">{formatMoney(row.givenBack)}</td>
            <td className="number">{formatMoney(row.applied)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Receipts({ shown }: { readonly shown: ShownSale }) {
  const { t } = useTranslation('cashier');
  if (shown.receipts.length === 0) return <p className="muted">{t('noReceipt')}</p>;
  return (
    <ul className="found-sales">
      {shown.receipts.map((receipt) => (
        <li key={receipt.receiptNo}>
          <code>{receipt.receiptNo}</code> {formatMoney(receipt.total)} · {t(`receiptStates.${receipt.state}`)} ·{' '}
          {formatInstant(receipt.issuedAt)}
          {receipt.redReceiptNo && <span className="late"> {t('redBy', { number: receipt.redReceiptNo })}</span>}
        </li>
      ))}
    </ul>
  );
}

/** A sale: what was charged, who paid, the receipts, what came back, and every entry of the ledger. */
export function SalePage({ shown }: { readonly shown: ShownSale }) {
  const { t } = useTranslation('cashier');
  return (
    <div className="cashier">
      <div className="page-head">
        <h1>{t('saleHeading', { number: shown.saleNo })}</h1>
        <Link to="/cashier">{t('backToTill')}</Link>
        <span className="spring" />
        <PrintLink kind="charge-list" saleNo={shown.saleNo} />
        {shown.receipts.length > 0 && <PrintLink kind="receipt" saleNo={shown.saleNo} />}
        {shown.returned && <PrintLink kind="refund-request" saleNo={shown.saleNo} />}
      </div>
      <section className="panel">
        <p>
          <strong>{shown.patientName}</strong> {shown.patientId} · {t('orderNo')} {shown.orderNo}
          {shown.soldAt && ` · ${formatInstant(shown.soldAt)}`}
          {shown.clerkName && ` · ${t('clerk')} ${shown.clerkName}`}
        </p>
        {shown.open && <p className="notice warning">{t('underWay')}</p>}
        {shown.debt !== null && <p className="notice warning">{t('owed', { amount: formatMoney(shown.debt) })}</p>}
        <Lines shown={shown} />
        <h2>{t('whoPays')}</h2>
        <Balance shown={shown} />
        <h2>{t('receipts')}</h2>
        <Receipts shown={shown} />
        <h2>{t('entries')}</h2>
        <ol className="ledger-entries">
          {shown.entries.map((entry) => (
            <li key={entry.no}>
              {formatInstant(entry.at)} {t(`entryKinds.${entry.kind}`)}
              {entry.postings.map((posting) => (
                <span key={`${posting.name}-${posting.source}`} className="muted">
                  {' '}
                  {t(`payers.${posting.name}`)} {formatMoney(posting.amount)}
                </span>
              ))}
              {entry.stated && <span className="late"> {t('stated')}</span>}
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}
