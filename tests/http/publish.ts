import type { ProcessPackage } from '../../engine/index.ts';
import { signedIn } from './visitor.ts';

/**
 * Publishes a flow as a process owner and a reviewer do, without their screens.
 * @throws when it is not published
 */
export async function publish(url: string, pkg: ProcessPackage): Promise<void> {
  const [owner, reviewer] = await Promise.all([signedIn(url, 'po-lu'), signedIn(url, 'pr-su')]);
  const submitted = await owner.postJson(`/flows/${pkg.key}/draft`, { step: 'submit', revision: 0, pkg });
  const { hash } = await submitted.json();
  const approved = await reviewer.post(`/flows/${pkg.key}/review.data`, { hash, decision: 'approve', comment: '' });
  if (!submitted.ok || !approved.ok)
    throw new Error(`Expected ${pkg.key} to be published: ${submitted.status}, ${approved.status}`);
}
