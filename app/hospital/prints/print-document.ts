import type { PatientFacts } from '../../ui/patient.ts';
import type { Preparation } from '../exam-items.ts';

/** Names of the papers that can be printed; part of their address. */
export const printTemplates = [
  'guide-slip',
  'exam-request',
  'preparation',
  'charge-list',
  'receipt',
  'refund-request',
  'bottle-label',
  'infusion-card',
] as const;

/** One of {@link printTemplates}. */
export type PrintTemplate = (typeof printTemplates)[number];

/** A number as text and as the modules of a Code 128 barcode: `1` black, `0` white. */
export type Barcode = { readonly text: string; readonly modules: string };

/** An ordered examination as papers name it. */
export type PrintedExam = {
  readonly name: string;
  readonly nameEn: string;
  readonly bodySite?: string;
  readonly laterality?: string;
  readonly method?: string;
};

/** A priced line. Money in fen. */
export type PrintedLine = {
  readonly name: string;
  readonly nameEn?: string;
  readonly unit?: string;
  readonly unitPrice: number;
  readonly qty: number;
  readonly amount: number;
  readonly payClass?: string;
};

/** Who pays how much, fen. */
export type PrintedShares = { readonly fundPay: number; readonly acctPay: number; readonly cashPay: number };

/** A payment by its channel, fen. */
export type PrintedPayment = { readonly channel: string; readonly amount: number };

/** One dose of an order, as labels and cards name it. */
export type PrintedDose = {
  readonly executionId: string;
  readonly barcode: Barcode;
  readonly dueAt?: string;
  readonly n?: number;
  readonly total?: number;
};

/** What all labels of an order say. */
export type DrugFacts = {
  readonly orderNo: string;
  readonly drug: string;
  readonly drugEn: string;
  readonly dose: string;
  readonly route: string;
  readonly freq: string;
  readonly solvent?: string;
  readonly volumeMl?: number;
  readonly rateMlPerHour?: number;
  readonly highAlert: string;
  readonly lightProtection: boolean;
  readonly prescriber?: string;
};

type Head = {
  /** What is counted as the same paper when it is printed again. */
  readonly ref: string;
  readonly patient?: PatientFacts;
  readonly barcode: Barcode;
};

/** A paper with everything that stands on it. */
export type PrintDocument =
  | (Head & {
      readonly template: 'guide-slip' | 'preparation';
      readonly orderNo: string;
      readonly exams: readonly PrintedExam[];
      readonly slot?: { readonly startAt: string; readonly room: string };
      readonly preparations: readonly Preparation[];
      readonly priority?: string;
    })
  | (Head & {
      readonly template: 'exam-request';
      readonly orderNo: string;
      readonly exams: readonly PrintedExam[];
      readonly diagnoses: readonly { readonly code: string; readonly name: string; readonly nameEn: string }[];
      readonly clinicalSummary: string;
      readonly purpose: string;
      readonly priority?: string;
    })
  | (Head & {
      readonly template: 'charge-list';
      readonly number: string;
      readonly at?: string;
      readonly lines: readonly PrintedLine[];
      readonly total: number;
      readonly shares?: PrintedShares;
      readonly payments: readonly PrintedPayment[];
    })
  | (Head & {
      readonly template: 'receipt';
      readonly receiptNo: string;
      readonly receiptCode: string;
      readonly checkCode: string;
      readonly state: 'normal' | 'printed' | 'reimbursed' | 'red-lettered';
      readonly issuedAt: string;
      readonly lines: readonly PrintedLine[];
      readonly total: number;
      /** The total in Chinese capital numerals, as receipts have it. */
      readonly inWords: string;
      readonly shares: PrintedShares;
      readonly payments: readonly PrintedPayment[];
      readonly redReceiptNo?: string;
    })
  | (Head & {
      readonly template: 'refund-request';
      readonly refundNo: string;
      readonly saleNo: string;
      readonly receiptNo: string;
      readonly reason: string;
      readonly lines: readonly { readonly name: string; readonly qty: number }[];
      readonly returned?: number;
      readonly cashBack?: number;
      readonly approvals: readonly string[];
    })
  | (Head & { readonly template: 'bottle-label'; readonly facts: DrugFacts; readonly doses: readonly PrintedDose[] })
  | (Head & { readonly template: 'infusion-card'; readonly facts: DrugFacts; readonly doses: readonly PrintedDose[] });
