import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCorpus } from './corpus.ts';
import { playDmnFolder } from './dmn-case.ts';

const { decisions } = readCorpus(join(import.meta.dirname, '../../../shared/conformance'));

describe.skipIf(decisions.length === 0)('DMN test kit', () => {
  test.each(decisions)('$name', async ({ path }) => {
    const results = await playDmnFolder(path);
    expect(results.filter(({ failures }) => failures.length > 0)).toEqual([]);
  });
});
