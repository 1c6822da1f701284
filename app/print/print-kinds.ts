/** Papers that can be printed, by the name a diagram gives them (`clinical:print`). */
export const printKinds = [
  'guide-slip',
  'exam-request',
  'charge-list',
  'receipt',
  'refund-request',
  'bottle-label',
  'infusion-card',
] as const;

/** One of {@link printKinds}. */
export type PrintKind = (typeof printKinds)[number];

/** Whether there is such a paper. */
export function isPrintKind(name: string | undefined): name is PrintKind {
  return printKinds.some((kind) => kind === name);
}

/** The papers an element's `clinical:print` names, separated by spaces; unknown names are left out. */
export function kindsOf(print: string | undefined): readonly PrintKind[] {
  return (print ?? '').split(/[\s,]+/).filter(isPrintKind);
}

/** Where a paper is looked at and printed. */
export function printAddress(kind: PrintKind, caseId: string, taskId?: string): string {
  return `/print/${kind}/${caseId}${taskId === undefined ? '' : `?task=${encodeURIComponent(taskId)}`}`;
}
