import { ExamRequestSheet, GuideSheet } from './exam-sheets.tsx';
import { BottleLabels, InfusionCard } from './label-sheets.tsx';
import { ChargeListSheet, ReceiptSheet, RefundRequestSheet } from './money-sheets.tsx';
import type { PrintDocument } from './print-document.ts';

/** Shows a paper as it will be printed. */
export function Paper(props: { readonly paper: PrintDocument; readonly copies: number; readonly printedAt: string }) {
  const { paper, ...copy } = props;
  switch (paper.template) {
    case 'guide-slip':
    case 'preparation':
      return <GuideSheet paper={paper} {...copy} />;
    case 'exam-request':
      return <ExamRequestSheet paper={paper} {...copy} />;
    case 'charge-list':
      return <ChargeListSheet paper={paper} {...copy} />;
    case 'receipt':
      return <ReceiptSheet paper={paper} {...copy} />;
    case 'refund-request':
      return <RefundRequestSheet paper={paper} {...copy} />;
    case 'bottle-label':
      return <BottleLabels paper={paper} {...copy} />;
    case 'infusion-card':
      return <InfusionCard paper={paper} {...copy} />;
  }
}
