import { describe, expect, test } from 'vitest';
import type { Draft } from '../../db/draft-store.ts';
import { refuseReview } from './draft.ts';

const draft: Draft = {
  pkg: { key: 'bed-transfer', title: { 'zh-CN': '转床', en: 'Bed transfer' }, bpmn: '<x/>', forms: {}, decisions: {} },
  hash: 'h1',
  revision: 3,
  status: 'submitted',
  editors: ['po-lu'],
  updatedBy: 'po-lu',
  updatedAt: '2026-03-02T00:00:00.000Z',
  submittedBy: 'po-lu',
};
const reviewer = { id: 'pr-su', roles: ['process-reviewer', 'process-owner'] };

describe('approval of a draft', () => {
  test('a reviewer who had no part in it may decide', () => {
    expect(refuseReview(draft, reviewer, 'h1')).toBeUndefined();
  });
  test('nobody approves what they edited, even if somebody else handed it in', () => {
    expect(refuseReview({ ...draft, editors: ['po-lu', 'pr-su'] }, reviewer, 'h1')).toBe('own-work');
    expect(refuseReview({ ...draft, submittedBy: 'pr-su' }, reviewer, 'h1')).toBe('own-work');
  });
  test('an approval is bound to the content that was looked at', () => {
    expect(refuseReview(draft, reviewer, 'h0')).toBe('content-changed');
  });
  test('only what was handed in can be approved, and only by a reviewer', () => {
    expect(refuseReview({ ...draft, status: 'editing' }, reviewer, 'h1')).toBe('not-submitted');
    expect(refuseReview(draft, { id: 'x', roles: ['process-owner'] }, 'h1')).toBe('not-reviewer');
  });
});
