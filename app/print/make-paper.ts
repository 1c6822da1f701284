import type { PatientFacts } from '../ui/patient.ts';
import { chargeList, receiptPaper, refundRequest } from './billing-papers.ts';
import type { CaseFacts } from './case-facts.ts';
import { bottleLabels, infusionCard } from './drug-papers.ts';
import { examRequest, guideSlip } from './exam-papers.ts';
import { hasContent } from './has-content.ts';
import type { Paper } from './paper.ts';
import { type PrintKind, printKinds } from './print-kinds.ts';

/** Makes a paper from a case. What is missing stays missing; the page says so in words. `only`: one bottle's label. */
export function makePaper(kind: PrintKind, facts: CaseFacts, patient: PatientFacts | undefined, only?: string): Paper {
  switch (kind) {
    case 'guide-slip':
      return guideSlip(facts, patient);
    case 'exam-request':
      return examRequest(facts, patient);
    case 'charge-list':
      return chargeList(facts, patient);
    case 'receipt':
      return receiptPaper(facts, patient);
    case 'refund-request':
      return refundRequest(facts, patient);
    case 'bottle-label':
      return bottleLabels(facts, patient, only);
    case 'infusion-card':
      return infusionCard(facts, patient);
  }
}

/** The papers a case has something to print on. */
export function papersOf(facts: CaseFacts): readonly PrintKind[] {
  return printKinds.filter((kind) => hasContent(makePaper(kind, facts, undefined)));
}
