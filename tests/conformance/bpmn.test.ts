import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCorpus } from './corpus.ts';
import { failuresOf } from './play-case.ts';

const corpus = readCorpus(join(import.meta.dirname, '../../../shared/conformance'));
const scored = corpus.execution.filter(({ status }) => status === 'scored');

describe.skipIf(scored.length === 0)('execution cases of other engines', () => {
  test.each(scored)('$id', async (found) => {
    expect(await failuresOf(found)).toEqual([]);
  });
});
