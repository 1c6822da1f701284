import type { Instant } from '../../engine/index.ts';
import type { PrintKind } from './print-kinds.ts';

/** How often each subject was printed, by subject; none: never. */
export type PrintCounts = Readonly<Record<string, number>>;

/** A paper of a case that was printed before. */
export type PrintedPaper = {
  readonly kind: string;
  readonly taskId?: string;
  /** The highest copy printed. */
  readonly copies: number;
  readonly lastAt: Instant;
};

type PaperOf = { readonly tenantId: string; readonly caseId: string; readonly kind: PrintKind };

/** Which papers were printed, by whom, and how often. */
export type PrintStore = {
  counts(query: PaperOf & { readonly subjects: readonly string[] }): Promise<PrintCounts>;
  /**
   * Writes down that these subjects are printed now and answers which copy of each it is. The same key counts once.
   */
  record(
    request: PaperOf & {
      readonly subjects: readonly string[];
      readonly key: string;
      readonly taskId?: string;
      readonly by: string;
      readonly at: Instant;
    },
  ): Promise<PrintCounts>;
  /** What was printed of a case so far, one row a paper and task. */
  ofCase(query: { readonly tenantId: string; readonly caseId: string }): Promise<readonly PrintedPaper[]>;
};
