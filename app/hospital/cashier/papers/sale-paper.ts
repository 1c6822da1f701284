import type { PatientFacts } from '../../../ui/patient.ts';

/** Papers the charge office prints of a sale; part of their address. */
export const salePapers = ['charge-list', 'receipt', 'refund-request'] as const;

/** One of {@link salePapers}. */
export type SalePaperKind = (typeof salePapers)[number];

/** A priced line. Money in fen. */
export type PaperLine = {
  readonly name: string;
  readonly nameEn?: string;
  readonly unit?: string;
  readonly unitPrice: number;
  readonly qty: number;
  readonly amount: number;
  readonly payClass: string;
};

type Head = {
  readonly patient?: PatientFacts;
  /** What the barcode says, and what is counted as the same paper when it is printed again. */
  readonly number: string;
  /** Code 128 modules, `1` black. */
  readonly bars?: string;
};

type Charge = {
  readonly lines: readonly PaperLine[];
  readonly total: number;
  readonly shares?: { readonly fundPay: number; readonly acctPay: number; readonly cashPay: number };
  readonly payments: readonly { readonly channel: string; readonly amount: number }[];
};

/** A sale's paper with everything that stands on it. */
export type SalePaper =
  | (Head & Charge & { readonly kind: 'charge-list'; readonly chargedAt?: string })
  | (Head &
      Charge & {
        readonly kind: 'receipt';
        readonly receiptCode: string;
        readonly checkCode: string;
        readonly issuedAt: string;
        /** The total in Chinese capital numerals. */
        readonly inWords: string;
        readonly redReceiptNo?: string;
      })
  | (Head & {
      readonly kind: 'refund-request';
      readonly saleNo: string;
      readonly receiptNo: string;
      readonly lines: readonly { readonly name: string; readonly qty: number }[];
    });
