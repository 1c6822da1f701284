import type { Finding, Instant, ProcessPackage } from '../../engine/index.ts';

/**
 * A flow being changed. One draft a flow; `revision` grows with every save, so the second of two people who saved
 * the same revision is told instead of overwriting.
 */
export type Draft = {
  readonly pkg: ProcessPackage;
  /** Content hash of `pkg`; an approval is bound to it. */
  readonly hash: string;
  readonly revision: number;
  readonly status: 'editing' | 'submitted';
  /** Everybody who changed this draft since the last publication: none of them may approve it. */
  readonly editors: readonly string[];
  readonly updatedBy: string;
  readonly updatedAt: Instant;
  readonly submittedBy?: string;
  /** What the last reviewer wrote when giving it back. */
  readonly returned?: { readonly by: string; readonly comment: string };
};

/** Why a step of the review is refused; each is a text of the catalogue. */
export type ReviewRefusal = 'not-submitted' | 'content-changed' | 'own-work' | 'not-reviewer';

/** Whether this person may decide on exactly the content with this hash (four eyes; the approval is bound to the content). */
export function refuseReview(
  draft: Draft,
  reviewer: { readonly id: string; readonly roles: readonly string[] },
  hash: string,
): ReviewRefusal | undefined {
  if (!reviewer.roles.includes('process-reviewer')) return 'not-reviewer';
  if (draft.status !== 'submitted') return 'not-submitted';
  if (draft.hash !== hash) return 'content-changed';
  if (draft.editors.includes(reviewer.id) || draft.submittedBy === reviewer.id) return 'own-work';
  return undefined;
}

/** Whether findings let a flow be handed in or published. */
export function isPublishable(findings: readonly Finding[]): boolean {
  return findings.every((finding) => finding.severity !== 'error');
}

/** A flow's key: lower-case, so it can stand in an address. */
export const processKeyPattern = /^[a-z][a-z0-9-]{1,62}$/;
