import { expect, test } from 'vitest';
import { sourceFiles } from './source-files.ts';

test('the oracle shares nothing with the engine it judges', () => {
  const files = sourceFiles.filter(({ path }) => path.startsWith('tests/oracle/'));
  expect(files.length).toBeGreaterThan(10);
  const foreign = files.flatMap(({ path, imports }) =>
    imports
      .filter(({ own, target }) => (own ? !target.startsWith('tests/oracle/') : target !== 'bpmn-moddle'))
      .map(({ target }) => `${path} imports ${target}`),
  );
  expect(foreign).toEqual([]);
});
