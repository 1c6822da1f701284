import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listScenarioFiles, listShippedKeys } from '../../processes/index.ts';
import { runScenario } from './run-scenario.ts';
import { parseScenario } from './scenario-format.ts';

for (const key of await listShippedKeys()) {
  const files = await listScenarioFiles(key);
  describe(`scenarios of ${key}`, () => {
    test('there are at least 14', () => {
      expect(files.length).toBeGreaterThanOrEqual(14);
    });
    test.each(files.map((file) => [basename(file, '.json'), file] as const))('%s', async (_name, file) => {
      const report = await runScenario(parseScenario(JSON.parse(await readFile(file, 'utf8'))));
      expect(
        report.steps.flatMap(({ number, failures }) => failures.map((failure) => `step ${number}: ${failure}`)),
      ).toEqual([]);
    });
  });
}
