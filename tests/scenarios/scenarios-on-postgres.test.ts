import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listScenarioFiles, listShippedKeys } from '../../processes/index.ts';
import { startTestDatabase, type TestDatabase } from '../postgres/test-database.ts';
import { openPostgresProbe, type PostgresProbe } from './postgres-probe.ts';
import { runScenario } from './run-scenario.ts';
import { parseScenario } from './scenario-format.ts';

/** Every n-th scenario of each flow is played on PostgreSQL as well; all of them with SCENARIOS_ON_POSTGRES=all. */
const step = process.env.SCENARIOS_ON_POSTGRES === 'all' ? 1 : 6;
const files = (await Promise.all((await listShippedKeys()).map(listScenarioFiles))).flatMap((all) =>
  all.filter((_, index) => index % step === 0),
);

let running: TestDatabase;
let probe: PostgresProbe;
beforeAll(async () => {
  running = await startTestDatabase(new Date('2026-03-01T00:00:00Z'));
  probe = openPostgresProbe(running);
});
afterAll(async () => {
  await probe?.close();
  await running?.close();
});

test.each(files.map((file) => [basename(file, '.json'), file] as const))('%s', async (_name, file) => {
  const scenario = parseScenario(JSON.parse(await readFile(file, 'utf8')));
  const report = await runScenario(scenario, { probe: await probe.fresh() });
  const failures = report.steps.flatMap((one) => one.failures.map((failure) => `step ${one.number}: ${failure}`));
  expect(failures).toEqual([]);
});
