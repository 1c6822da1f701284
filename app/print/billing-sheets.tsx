import { useTranslation } from 'react-i18next';
import { formatInstant, formatMoney } from '../i18n/format.ts';
import { useRoleNames } from '../ui/role-names.ts';
import type { PricedLine, Shares } from './case-facts.ts';
import type { ChannelAmount, ChargeList, Receipt, RefundRequest } from './paper.ts';
import { Fact, PatientFactsOnPaper, SignatureLines, useCodeName, useShownName } from './paper-parts.tsx';

function LineTable({ lines, total }: { lines: readonly PricedLine[]; total: number }) {
  const { t } = useTranslation('print');
  const codeName = useCodeName();
  const shownName = useShownName();
  if (lines.length === 0) return <p className="nothing">{t('bill.noLines')}</p>;
  return (
    <table className="sheet-table">
      <thead>
        <tr>
          <th>{t('bill.item')}</th>
          <th>{t('bill.payClass')}</th>
          <th className="number">{t('bill.unitPrice')}</th>
          <th className="number">{t('bill.qty')}</th>
          <th className="number">{t('bill.amount')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.lineId}>
            <td>{shownName(line) || t('notRecorded')}</td>
            <td>{codeName('payClass', line.payClass) ?? t('notRecorded')}</td>
            <td className="number">{formatMoney(line.unitPrice)}</td>
            <td className="number">{[line.qty, codeName('unit', line.unit)].filter(Boolean).join(' ')}</td>
            <td className="number">{formatMoney(line.amount)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th colSpan={4}>{t('bill.total')}</th>
          <td className="number">{formatMoney(total)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

function useAmounts(): (rows: readonly ChannelAmount[]) => string {
  const { t } = useTranslation('print');
  const codeName = useCodeName();
  return (rows) =>
    rows
      .map(({ channel, amount }) => `${codeName('channel', channel)} ${formatMoney(amount)}`)
      .join(t('shell:listComma'));
}

function SharesFacts({ shares }: { shares: Shares | undefined }) {
  const { t } = useTranslation('print');
  if (!shares) return <Fact label={t('bill.insurance')}>{t('bill.noInsurance')}</Fact>;
  return (
    <>
      <Fact label={t('bill.fund')}>{formatMoney(shares.fundPay)}</Fact>
      <Fact label={t('bill.account')}>{formatMoney(shares.acctPay)}</Fact>
      <Fact label={t('bill.own')}>{formatMoney(shares.cashPay)}</Fact>
    </>
  );
}

/** 收费清单: what was or will be charged, line by line. */
export function ChargeListSheet({ paper }: { paper: ChargeList }) {
  const { t } = useTranslation('print');
  const amounts = useAmounts();
  return (
    <>
      <PatientFactsOnPaper patient={paper.patient} />
      <LineTable lines={paper.lines} total={paper.total} />
      <dl className="facts">
        <SharesFacts shares={paper.shares} />
        <Fact label={t('bill.payments')}>{amounts(paper.payments) || t('bill.unpaid')}</Fact>
      </dl>
      {paper.shares && !paper.settled && <p className="small-print">{t('bill.preSettled')}</p>}
    </>
  );
}

/** 收据, with what it replaces after a refund. */
export function ReceiptSheet({ paper }: { paper: Receipt }) {
  const { t } = useTranslation('print');
  const amounts = useAmounts();
  const { receipt, red, refunds } = paper;
  const money = receipt?.total === undefined ? undefined : formatMoney(receipt.total);
  return (
    <>
      <PatientFactsOnPaper patient={paper.patient} />
      {receipt ? (
        <>
          <dl className="facts">
            <Fact label={t('receipt.code')}>{receipt.receiptCode}</Fact>
            <Fact label={t('receipt.check')}>{receipt.checkCode}</Fact>
            <Fact label={t('receipt.issuedAt')}>{receipt.issuedAt && formatInstant(receipt.issuedAt)}</Fact>
          </dl>
          {paper.lines.length > 0 ? (
            <LineTable lines={paper.lines} total={receipt.total ?? 0} />
          ) : (
            <p className="nothing">{t('receipt.linesElsewhere')}</p>
          )}
          <dl className="facts">
            <Fact label={t('receipt.total')}>{money && <strong>{money}</strong>}</Fact>
            <Fact label={t('receipt.inWords')} wide>
              <span lang="zh-CN">{paper.inWords}</span>
            </Fact>
            <SharesFacts shares={paper.shares} />
            <Fact label={t('bill.payments')}>{amounts(paper.payments) || t('receipt.seeOriginal')}</Fact>
          </dl>
        </>
      ) : (
        <p className="nothing">{t(red ? 'receipt.nothingKept' : 'receipt.none')}</p>
      )}
      {red && (
        <dl className="facts boxed">
          <Fact label={t('receipt.redOf')}>{red.receiptNo}</Fact>
          <Fact label={t('receipt.redNo')}>{red.redReceiptNo}</Fact>
          <Fact label={t('receipt.refunded')}>{amounts(refunds) || t('receipt.nothingRefunded')}</Fact>
        </dl>
      )}
      <SignatureLines who={['cashier', 'payer']} />
    </>
  );
}

/** 退费申请单: what is given back, why, and who agreed. */
export function RefundRequestSheet({ paper }: { paper: RefundRequest }) {
  const { t } = useTranslation('print');
  const codeName = useCodeName();
  const { back } = paper;
  const reasons = paper.reasons.map((reason) => codeName('reason', reason) ?? reason);
  return (
    <>
      <PatientFactsOnPaper patient={paper.patient} />
      <dl className="facts">
        <Fact label={t('refund.sale')}>{paper.saleNo}</Fact>
        <Fact label={t('refund.receipt')}>{paper.receiptNo}</Fact>
        <Fact label={t('refund.requester')}>{paper.requesterName}</Fact>
        <Fact label={t('refund.reason')} wide>
          {reasons.join(t('shell:listComma'))}
        </Fact>
      </dl>
      <RefundLines lines={paper.lines} />
      <dl className="facts">
        <Fact label={t('refund.returned')}>
          {paper.returned === undefined ? undefined : <strong>{formatMoney(paper.returned)}</strong>}
        </Fact>
        {back && (
          <>
            <Fact label={t('refund.cashBack')}>{formatMoney(back.cashBack)}</Fact>
            <Fact label={t('refund.fundBack')}>{formatMoney(back.fundBack)}</Fact>
            <Fact label={t('refund.acctBack')}>{formatMoney(back.acctBack)}</Fact>
          </>
        )}
      </dl>
      <Approvals approvals={paper.approvals} />
      <SignatureLines who={['requester', 'inspector', 'approver', 'cashier']} />
    </>
  );
}

function RefundLines({ lines }: { lines: RefundRequest['lines'] }) {
  const { t } = useTranslation('print');
  if (lines.length === 0) return <p className="nothing">{t('refund.noLines')}</p>;
  return (
    <table className="sheet-table">
      <thead>
        <tr>
          <th>{t('bill.item')}</th>
          <th className="number">{t('refund.qty')}</th>
          <th className="number">{t('bill.amount')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={`${line.name}/${line.qty}`}>
            <td>{line.name}</td>
            <td className="number">{line.qty}</td>
            <td className="number">{line.amount === undefined ? t('notRecorded') : formatMoney(line.amount)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Approvals({ approvals }: { approvals: RefundRequest['approvals'] }) {
  const { t } = useTranslation('print');
  const codeName = useCodeName();
  const roleNames = useRoleNames();
  return (
    <>
      <h3>{t('refund.approvals')}</h3>
      {approvals.length === 0 ? (
        <p>{t('refund.noApproval')}</p>
      ) : (
        <ul className="approvals">
          {approvals.map(({ role, decision, comment }) => (
            <li key={role}>
              {[roleNames([role]).join(''), codeName('decision', decision), comment].filter(Boolean).join(' · ')}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
