import type { Draft } from '../../db/draft-store.ts';
import type { Finding } from '../../engine/index.ts';

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

/** Whether findings let a flow be handed in or published, by its reviewer's documented word at the worst. */
export function isPublishable(findings: readonly Finding[]): boolean {
  return findings.every((finding) => finding.severity !== 'error' || finding.overridable);
}

/** Whether a flow is published only when its reviewer answers for it by name and with a reason. */
export function needsOverride(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'error' && finding.overridable);
}

/** A flow's key: lower-case, so it can stand in an address. */
export const processKeyPattern = /^[a-z][a-z0-9-]{1,62}$/;
