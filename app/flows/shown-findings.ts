import type { Finding } from '../../engine/index.ts';

/** Nobody reads more at once, and a page must not carry thousands. */
export const mostFindingsShown = 100;

/** What a page is sent of a check: the worst findings first, and how many there are. */
export type ShownFindings = { readonly findings: readonly Finding[]; readonly total: number };

const weight = { error: 0, warning: 1, info: 2 };

/** The findings a page shows. */
export function shownFindings(all: readonly Finding[]): ShownFindings {
  const sorted = [...all].sort((a, b) => weight[a.severity] - weight[b.severity]);
  return { findings: sorted.slice(0, mostFindingsShown), total: all.length };
}
