import type { Instant, ProcessPackage } from '../../engine/index.ts';
import type { Draft } from './draft.ts';

/** What was kept of a review. */
export type ReviewRecord = {
  readonly step: 'submitted' | 'approved' | 'returned';
  readonly hash: string;
  readonly by: string;
  readonly at: Instant;
  readonly comment?: string;
  readonly version?: number;
};

/** Where drafts and their reviews are kept. Every change names the revision it was made on; an older one changes nothing. */
export type DraftStore = {
  list(tenantId: string): Promise<readonly Draft[]>;
  find(tenantId: string, key: string): Promise<Draft | undefined>;
  /** Creates (`revision` 0) or replaces a draft; `conflict` when somebody saved in between. A submission is void after it. */
  save(request: {
    tenantId: string;
    pkg: ProcessPackage;
    hash: string;
    revision: number;
    by: string;
    at: Instant;
  }): Promise<Draft | 'conflict'>;
  /** Hands in exactly this revision. */
  submit(request: {
    tenantId: string;
    key: string;
    revision: number;
    by: string;
    at: Instant;
  }): Promise<Draft | 'conflict'>;
  /** Gives the draft with this hash back to its editors. */
  giveBack(request: {
    tenantId: string;
    key: string;
    hash: string;
    by: string;
    at: Instant;
    comment: string;
  }): Promise<'done' | 'conflict'>;
  /** Records the approval and removes the published draft with this hash. */
  closePublished(request: {
    tenantId: string;
    key: string;
    hash: string;
    version: number;
    by: string;
    at: Instant;
    comment?: string;
  }): Promise<'done' | 'conflict'>;
  reviews(tenantId: string, key: string): Promise<readonly ReviewRecord[]>;
};
