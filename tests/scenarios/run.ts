import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { listScenarioFiles, listShippedKeys } from '../../processes/index.ts';
import { runScenario, type StepReport } from './run-scenario.ts';
import { parseScenario, type Step } from './scenario-format.ts';

const usage = `Plays scenarios on the real engine in memory and prints what happened.

  node tests/scenarios/run.ts                      every scenario of every flow
  node tests/scenarios/run.ts charge-then-exam     every scenario of one flow
  node tests/scenarios/run.ts path/to/01-x.json    one scenario, step by step
  … --quiet                                        only results`;

const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const files = (await Promise.all((words.length > 0 ? words : await listShippedKeys()).map(filesOf))).flat();
const quiet = process.argv.includes('--quiet');
let failed = 0;
for (const file of files) if (!(await play(file))) failed += 1;
console.log(`${files.length - failed} of ${files.length} scenarios passed`);
process.exitCode = failed > 0 || files.length === 0 ? 1 : 0;

async function filesOf(word: string): Promise<readonly string[]> {
  if (word.endsWith('.json') && existsSync(word)) return [word];
  const found = await listScenarioFiles(word);
  if (found.length === 0) console.log(`No scenarios at ${word}.\n${usage}`);
  return found;
}

async function play(file: string): Promise<boolean> {
  const name = `${basename(dirname(dirname(file)))}/${basename(file)}`;
  try {
    const scenario = parseScenario(JSON.parse(await readFile(file, 'utf8')));
    console.log(`\n${name}  ${scenario.title.en}`);
    const report = await runScenario(scenario, { onStep: print });
    console.log(report.ok ? '  passed' : '  FAILED');
    return report.ok;
  } catch (error) {
    console.log(`${name}  FAILED before its first step\n${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

function print({ number, step, at, stands, failures }: StepReport): void {
  if (quiet && failures.length === 0) return;
  console.log(`  ${String(number).padStart(2)} ${at.slice(0, 16)}  ${summary(step)}`);
  console.log(`      ${stands}`);
  for (const failure of failures) console.log(`      ✗ ${failure.replaceAll('\n', '\n        ')}`);
}

function summary(step: Step): string {
  const { form, note, ...rest } = { form: undefined, note: undefined, ...step };
  const text = JSON.stringify(rest);
  return text.length > 160 ? `${text.slice(0, 157)}…` : text;
}
