import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCases } from './bpmn-case.ts';
import { playCase } from './play-case.ts';

const folder = join(import.meta.dirname, '../../../shared/conformance');
const present = existsSync(folder);
const cases = present
  ? ['betsy', 'operaton', 'flowable'].flatMap((suite) => readCases(join(folder, `${suite}.json`)))
  : [];

/** Elements refused by name: their cases must say so, so that this list shrinks when one is executed. */
const refusedElements = ['AdHocSubProcess'];

describe.skipIf(!present)('execution cases of other engines', () => {
  test.each(cases.map((one) => ({ one, id: one.id })))('$id', async ({ one }) => {
    const failures = await playCase(folder, one);
    const isRefused = failures.some((failure) => refusedElements.some((name) => failure.includes(`is a ${name}`)));
    if (isRefused) expect(one.steps.some((step) => step.enableAdHocActivity ?? step.completeAdHoc)).toBeTruthy();
    else expect(failures).toEqual([]);
  });
});
