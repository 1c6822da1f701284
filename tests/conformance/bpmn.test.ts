import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCorpus } from './corpus.ts';
import { failuresOf } from './play-case.ts';

const corpus = readCorpus(join(import.meta.dirname, '../../../shared/conformance'));
const scored = corpus.execution.filter(({ status }) => status === 'scored');

/** Elements refused by name: their cases must say so, so that this list shrinks when one is executed. */
const refusedElements = ['AdHocSubProcess'];

describe.skipIf(scored.length === 0)('execution cases of other engines', () => {
  test.each(scored)('$id', async (found) => {
    const failures = await failuresOf(found);
    const isRefused = failures.some((failure) => refusedElements.some((name) => failure.includes(`is a ${name}`)));
    if (!isRefused) expect(failures).toEqual([]);
  });
});
