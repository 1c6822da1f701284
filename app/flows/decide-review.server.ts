import type { AppLoadContext } from '@remix-run/node';
import type { Person } from '../../engine/index.ts';
import { type ReviewRefusal, refuseReview } from './draft.ts';

/** What came of a reviewer's decision. */
export type ReviewAnswer =
  | { readonly status: 200; readonly decision: 'approved'; readonly version: number }
  | { readonly status: 200; readonly decision: 'returned' }
  | { readonly status: 403 | 409; readonly refusal: ReviewRefusal }
  | { readonly status: 422; readonly refusal: 'override-missing' }
  | { readonly status: 422; readonly message: string };

/** The second person's decision on exactly the content with this hash: publishes it, or gives it back. */
export async function decideReview(
  context: AppLoadContext,
  reviewer: Person,
  decision: {
    readonly key: string;
    readonly hash: string;
    readonly approve: boolean;
    readonly comment: string;
    /** Why an unsound flow is published all the same; the reviewer answers for it. */
    readonly override: string;
  },
): Promise<ReviewAnswer> {
  const { tenantId, drafts, clock, engine, directory } = context.services;
  const draft = await drafts.find(tenantId, decision.key);
  const refusal = draft ? refuseReview(draft, reviewer, decision.hash) : 'not-submitted';
  if (!draft || refusal)
    return {
      status: refusal === 'own-work' || refusal === 'not-reviewer' ? 403 : 409,
      refusal: refusal ?? 'not-submitted',
    };
  const record = { tenantId, key: decision.key, hash: decision.hash, by: reviewer.id, at: clock.now() };
  if (!decision.approve) {
    const done = await drafts.giveBack({ ...record, comment: decision.comment });
    return done === 'conflict' ? { status: 409, refusal: 'content-changed' } : { status: 200, decision: 'returned' };
  }
  const author = (await directory.person(tenantId, draft.submittedBy ?? draft.updatedBy, clock.now())) ?? reviewer;
  const override = decision.override === '' ? undefined : { by: reviewer, reason: decision.override };
  const published = await engine.publish({ tenantId, by: author, pkg: draft.pkg, approvedBy: reviewer, override });
  if (!published.ok)
    return published.rejection.code === 'unsound'
      ? { status: 422, refusal: 'override-missing' }
      : { status: 422, message: published.rejection.message };
  await drafts.closePublished({ ...record, version: published.value.version, comment: decision.comment });
  return { status: 200, decision: 'approved', version: published.value.version };
}
