import { useTranslation } from 'react-i18next';
import { formatInstant, formatMoney } from '../../i18n/format.ts';
import { useLanguage, useRoleNames } from '../../ui/role-names.ts';
import type { PrintDocument, PrintedLine, PrintedPayment, PrintedShares } from './print-document.ts';
import { Sheet } from './sheet.tsx';

type Copy = { readonly copies: number; readonly printedAt: string };
type Of<T extends PrintDocument['template']> = Extract<PrintDocument, { template: T }>;

function Lines({ lines, total }: { readonly lines: readonly PrintedLine[]; readonly total: number }) {
  const { t } = useTranslation('print');
  const language = useLanguage();
  return (
    <table className="sheet-table">
      <thead>
        <tr>
          <th scope="col">{t('item')}</th>
          <th scope="col">{t('payClass')}</th>
          <th scope="col" className="number">
            {t('unitPrice')}
          </th>
          <th scope="col" className="number">
            {t('qty')}
          </th>
          <th scope="col" className="number">
            {t('amount')}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={`${line.name}-${line.qty}-${line.amount}`}>
            <td>{language === 'en' ? (line.nameEn ?? line.name) : line.name}</td>
            <td>{line.payClass && t(`payClasses.${line.payClass}`)}</td>
            <td className="number">{formatMoney(line.unitPrice)}</td>
            <td className="number">
              {line.qty} {line.unit}
            </td>
            <td className="number">{formatMoney(line.amount)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={4}>
            {t('total')}
          </th>
          <td className="number">{formatMoney(total)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

function Shares(props: { readonly shares?: PrintedShares; readonly payments: readonly PrintedPayment[] }) {
  const { t } = useTranslation('print');
  const { shares, payments } = props;
  return (
    <p className="sheet-shares">
      {shares && <span>{t('shares.fund', { amount: formatMoney(shares.fundPay) })}</span>}
      {shares && <span>{t('shares.account', { amount: formatMoney(shares.acctPay) })}</span>}
      {shares && <span>{t('shares.patient', { amount: formatMoney(shares.cashPay) })}</span>}
      {payments.map(({ channel, amount }) => (
        <span key={channel}>
          {t(`channels.${channel}`)} {formatMoney(amount)}
        </span>
      ))}
    </p>
  );
}

/** Every line of a charge with its price. */
export function ChargeListSheet({ paper, copies, printedAt }: Copy & { readonly paper: Of<'charge-list'> }) {
  const { t } = useTranslation('print');
  return (
    <Sheet size="a4" title={t('titles.charge-list')} {...{ ...paper, copies, printedAt }}>
      {paper.at && <p>{t('chargedAt', { at: formatInstant(paper.at) })}</p>}
      <Lines lines={paper.lines} total={paper.total} />
      <Shares shares={paper.shares} payments={paper.payments} />
    </Sheet>
  );
}

/** The electronic receipt, shown on paper. */
export function ReceiptSheet({ paper, copies, printedAt }: Copy & { readonly paper: Of<'receipt'> }) {
  const { t } = useTranslation('print');
  return (
    <Sheet size="a5" title={t('titles.receipt')} {...{ ...paper, copies, printedAt }}>
      <dl className="sheet-facts in-line">
        <dt>{t('receipt.code')}</dt>
        <dd>{paper.receiptCode}</dd>
        <dt>{t('receipt.number')}</dt>
        <dd>{paper.receiptNo}</dd>
        <dt>{t('receipt.check')}</dt>
        <dd>{paper.checkCode}</dd>
        <dt>{t('receipt.issuedAt')}</dt>
        <dd>{formatInstant(paper.issuedAt)}</dd>
      </dl>
      {paper.state === 'red-lettered' && (
        <p className="red-letter">{t('receipt.redLettered', { number: paper.redReceiptNo })}</p>
      )}
      <Lines lines={paper.lines} total={paper.total} />
      <p>{t('receipt.inWords', { words: paper.inWords })}</p>
      <Shares shares={paper.shares} payments={paper.payments} />
    </Sheet>
  );
}

/** What is asked to be paid back, with room for the signatures it needs. */
export function RefundRequestSheet({ paper, copies, printedAt }: Copy & { readonly paper: Of<'refund-request'> }) {
  const { t } = useTranslation('print');
  const roleNames = useRoleNames();
  return (
    <Sheet size="a4" title={t('titles.refund-request')} {...{ ...paper, copies, printedAt }}>
      <dl className="sheet-facts">
        <dt>{t('refund.saleNo')}</dt>
        <dd>{paper.saleNo}</dd>
        <dt>{t('refund.receiptNo')}</dt>
        <dd>{paper.receiptNo}</dd>
        <dt>{t('refund.reason')}</dt>
        <dd>{paper.reason && t(`reasons.${paper.reason}`, { defaultValue: paper.reason })}</dd>
        <dt>{t('refund.returned')}</dt>
        <dd>{paper.returned !== undefined && formatMoney(paper.returned)}</dd>
        <dt>{t('refund.cashBack')}</dt>
        <dd>{paper.cashBack !== undefined && formatMoney(paper.cashBack)}</dd>
        <dt>{t('refund.approvals')}</dt>
        <dd>{roleNames(paper.approvals).join('、')}</dd>
      </dl>
      <table className="sheet-table">
        <thead>
          <tr>
            <th scope="col">{t('item')}</th>
            <th scope="col" className="number">
              {t('qty')}
            </th>
          </tr>
        </thead>
        <tbody>
          {paper.lines.map((line) => (
            <tr key={`${line.name}-${line.qty}`}>
              <td>{line.name}</td>
              <td className="number">{line.qty}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="sheet-note">{t('refund.note')}</p>
      <p className="sheet-signs">
        <span>{t('signs.requester')}</span>
        <span>{t('signs.pharmacy')}</span>
        <span>{t('signs.approver')}</span>
        <span>{t('signs.patient')}</span>
      </p>
    </Sheet>
  );
}
