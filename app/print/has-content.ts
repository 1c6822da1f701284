import type { Paper } from './paper.ts';

/** Every number of the paper that gets a barcode. */
export function numbersOn(paper: Paper): readonly string[] {
  const doses = 'doses' in paper ? paper.doses.map(({ executionId }) => executionId) : [];
  return [...new Set([paper.number, ...doses])];
}

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
