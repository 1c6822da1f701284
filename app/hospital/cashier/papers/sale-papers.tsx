import { useTranslation } from 'react-i18next';
import { formatInstant, formatMoney } from '../../../i18n/format.ts';
import { ColumnHeads } from '../../../ui/column-heads.tsx';
import { useLanguage } from '../../../ui/role-names.ts';
import type { PaperLine, SalePaper } from './sale-paper.ts';
import { Sheet } from './sheet.tsx';

type Of<K extends SalePaper['kind']> = Extract<SalePaper, { kind: K }>;

function Lines({ lines, total }: { readonly lines: readonly PaperLine[]; readonly total: number }) {
  const { t } = useTranslation('cashier');
  const language = useLanguage();
  return (
    <table>
      <ColumnHeads
        columns={[
          { title: t('item') },
          { title: t('payClass') },
          { title: t('unitPrice'), figures: true },
          { title: t('qty'), figures: true },
          { title: t('amount'), figures: true },
        ]}
      />
      <tbody>
        {lines.map((line) => (
          <tr key={`${line.name}-${line.qty}-${line.amount}`}>
            <td>{language === 'en' ? (line.nameEn ?? line.name) : line.name}</td>
            <td>{t(`payClasses.${line.payClass}`)}</td>
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

function Shares({ paper }: { readonly paper: Of<'charge-list' | 'receipt'> }) {
  const { t } = useTranslation('cashier');
  const { shares, payments } = paper;
  return (
    <p className="sale-patient">
      {shares && (
        <>
          <span>
            {t('payers.fund')} {formatMoney(shares.fundPay)}
          </span>
          <span>
            {t('payers.personal-account')} {formatMoney(shares.acctPay)}
          </span>
          <span>
            {t('patientPays')} {formatMoney(shares.cashPay)}
          </span>
        </>
      )}
      {payments.map(({ channel, amount }) => (
        <span key={channel}>
          {t(`payers.${channel}`)} {formatMoney(amount)}
        </span>
      ))}
    </p>
  );
}

function ReceiptFacts({ paper }: { readonly paper: Of<'receipt'> }) {
  const { t } = useTranslation('cashier');
  return (
    <>
      <p className="sale-patient">
        <span>{t('receipt.code', { code: paper.receiptCode })}</span>
        <span>{t('receipt.number', { number: paper.number })}</span>
        <span>{t('receipt.check', { check: paper.checkCode })}</span>
        <span>{t('receipt.issuedAt', { at: formatInstant(paper.issuedAt) })}</span>
      </p>
      {paper.redReceiptNo && <p className="red-letter">{t('receipt.redLettered', { number: paper.redReceiptNo })}</p>}
    </>
  );
}

function RefundRequest({ paper }: { readonly paper: Of<'refund-request'> }) {
  const { t } = useTranslation('cashier');
  return (
    <>
      <p>{t('refund.of', { sale: paper.saleNo, receipt: paper.receiptNo })}</p>
      <table>
        <ColumnHeads columns={[{ title: t('item') }, { title: t('qty'), figures: true }]} />
        <tbody>
          {paper.lines.map((line) => (
            <tr key={`${line.name}-${line.qty}`}>
              <td>{line.name}</td>
              <td className="number">{line.qty}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="sale-note">{t('refund.note')}</p>
      <p className="sale-signs">
        {(['requester', 'pharmacy', 'approver', 'patient'] as const).map((who) => (
          <span key={who}>{t(`signs.${who}`)}</span>
        ))}
      </p>
    </>
  );
}

function Content({ paper }: { readonly paper: SalePaper }) {
  const { t } = useTranslation('cashier');
  if (paper.kind === 'refund-request') return <RefundRequest paper={paper} />;
  return (
    <>
      {paper.kind === 'receipt' && <ReceiptFacts paper={paper} />}
      {paper.kind === 'charge-list' && paper.chargedAt && (
        <p>{t('chargedAt', { at: formatInstant(paper.chargedAt) })}</p>
      )}
      <Lines lines={paper.lines} total={paper.total} />
      {paper.kind === 'receipt' && <p>{t('receipt.inWords', { words: paper.inWords })}</p>}
      <Shares paper={paper} />
    </>
  );
}

/** A sale's paper as it will be printed. */
export function SalePaperSheet(props: {
  readonly paper: SalePaper;
  readonly copies: number;
  readonly printedAt: string;
}) {
  return (
    <Sheet {...props}>
      <Content paper={props.paper} />
    </Sheet>
  );
}
