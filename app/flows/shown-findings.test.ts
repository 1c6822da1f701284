import { expect, test } from 'vitest';
import { mostFindingsShown, shownFindings } from './shown-findings.ts';

const finding = (severity: 'error' | 'warning' | 'info', elementId: string) => ({
  ...{ rule: 'no-outgoing', severity, elementId, message: `Expected a flow from ${elementId}, but there is none` },
});

test('of thousands of findings the worst are shown, and how many there are is said', () => {
  const notes = Array.from({ length: 4_311 }, (_, index) => finding('info', `Task_${index}`));
  const { findings, total } = shownFindings([...notes, finding('error', 'End')]);
  expect([findings.length, total, findings[0]?.elementId]).toEqual([mostFindingsShown, 4_312, 'End']);
});

test('a few are all shown, those of one weight in the order they were found', () => {
  const few = [finding('warning', 'A'), finding('error', 'B'), finding('warning', 'C')];
  expect(shownFindings(few)).toEqual({ findings: [few[1], few[0], few[2]], total: 3 });
});
