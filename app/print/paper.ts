import type { PatientFacts } from '../ui/patient.ts';
import type { PricedLine, Shares } from './case-facts.ts';
import type { PrintKind } from './print-kinds.ts';

/** A name in Chinese with the English one where there is one. */
export type BothNames = { readonly name: string; readonly nameEn?: string };

/** An ordered examination. */
export type PrintedExam = BothNames & {
  readonly bodySite?: string;
  readonly laterality?: string;
  readonly method?: string;
};

/** A payment or refund by its channel, fen. */
export type ChannelAmount = { readonly channel: string; readonly amount: number };

/** One bottle: a dose of an order. */
export type PrintedDose = {
  readonly executionId: string;
  readonly dueAt?: string;
  /** Time point n of m. */
  readonly n?: number;
  readonly total?: number;
};

/** What all bottles of an order have in common. */
export type DrugFacts = Partial<BothNames> & {
  readonly dose?: string;
  readonly route?: string;
  readonly freq?: string;
  readonly solvent?: BothNames;
  readonly volumeMl?: number;
  readonly rateMlPerHour?: number;
  /** Class A and B: the label has a red border. */
  readonly highAlert: 'A' | 'B' | 'C' | 'none';
  readonly lightProtection: boolean;
  readonly prescriber?: string;
  readonly ward?: string;
  readonly bed?: string;
  readonly preparedBy?: string;
  readonly preparedAt?: string;
  readonly validUntil?: string;
};

type Head = {
  /** The order, sale, receipt or refund the paper is about; empty: none yet. */
  readonly number: string;
  readonly patient?: PatientFacts;
  /** What is counted as printed. */
  readonly subjects: readonly string[];
};

/** The slip that leads a patient to the examination. */
export type GuideSlip = Head & {
  readonly kind: 'guide-slip';
  readonly exams: readonly PrintedExam[];
  readonly slot?: { readonly startAt: string; readonly room?: string };
  readonly slotBooked: boolean;
  /** Preparation codes. */
  readonly preparations: readonly string[];
  readonly priority?: string;
};

/** The doctor's request for an examination. */
export type ExamRequest = Head & {
  readonly kind: 'exam-request';
  readonly exams: readonly PrintedExam[];
  readonly diagnoses: readonly (BothNames & { readonly code: string })[];
  readonly clinicalSummary?: string;
  readonly purpose?: string;
  readonly contrast?: boolean;
  readonly priority?: string;
};

/** The list of what is charged. */
export type ChargeList = Head & {
  readonly kind: 'charge-list';
  readonly lines: readonly PricedLine[];
  readonly total: number;
  readonly shares?: Shares;
  /** Whether the insurance settled; only asked in advance otherwise. */
  readonly settled: boolean;
  readonly payments: readonly ChannelAmount[];
};

/** The hospital's receipt for money received. */
export type Receipt = Head & {
  readonly kind: 'receipt';
  /** Undefined: none was issued, or the old one was red-lettered and nothing is kept. */
  readonly receipt?: {
    readonly receiptNo: string;
    readonly receiptCode?: string;
    readonly checkCode?: string;
    readonly issuedAt?: string;
    readonly total?: number;
  };
  readonly inWords?: string;
  /** Empty when the case does not know which lines make up the total. */
  readonly lines: readonly PricedLine[];
  readonly shares?: Shares;
  readonly payments: readonly ChannelAmount[];
  /** The receipt this one replaces, with the red-letter that cancelled it. */
  readonly red?: { readonly receiptNo: string; readonly redReceiptNo: string };
  readonly refunds: readonly ChannelAmount[];
};

/** The request to give money back. */
export type RefundRequest = Head & {
  readonly kind: 'refund-request';
  readonly saleNo: string;
  readonly receiptNo: string;
  readonly requesterName?: string;
  /** A code of the flow's reason list, or a sentence. */
  readonly reasons: readonly string[];
  readonly lines: readonly { readonly name: string; readonly qty: number; readonly amount?: number }[];
  readonly returned?: number;
  readonly back?: { readonly fundBack: number; readonly acctBack: number; readonly cashBack: number };
  readonly approvals: readonly { readonly role: string; readonly decision?: string; readonly comment?: string }[];
};

/** Labels for the bottles of an order. */
export type BottleLabels = Head & {
  readonly kind: 'bottle-label';
  readonly facts: DrugFacts;
  readonly doses: readonly PrintedDose[];
};

/** The card on which nurses sign for a patient's bottles of the day. */
export type InfusionCard = Head & {
  readonly kind: 'infusion-card';
  readonly facts: DrugFacts;
  readonly doses: readonly PrintedDose[];
};

/** A paper with everything that stands on it. */
export type Paper = GuideSlip | ExamRequest | ChargeList | Receipt | RefundRequest | BottleLabels | InfusionCard;

/** A paper of one kind. */
export type PaperOfKind<K extends PrintKind> = Extract<Paper, { readonly kind: K }>;
