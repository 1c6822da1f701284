import type { Paper } from './paper.ts';

/** Whether something stands on the paper that is worth printing. */
export function hasContent(paper: Paper): boolean {
  switch (paper.kind) {
    case 'guide-slip':
    case 'exam-request':
      return paper.exams.length > 0;
    case 'charge-list':
    case 'refund-request':
      return paper.lines.length > 0;
    case 'receipt':
      return paper.receipt !== undefined || paper.red !== undefined;
    case 'bottle-label':
    case 'infusion-card':
      return paper.doses.length > 0;
  }
}
