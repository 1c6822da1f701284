// `npm test`: everything, in one command: set-up, style, types, build, then all tests, those in a real browser included.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { ensureBuild, ensureDependencies, pinnedEnvironment, pinnedNode, root, say } from './install.mjs';

const filters = process.argv.slice(2);
if (filters.includes('--help')) {
  console.log(
    'Usage: npm test [-- FILTER ...]\n\nRuns style, types, build and all tests; with filters, only the test files whose path contains one.',
  );
  process.exit(0);
}

function run(title, script, args, env = {}) {
  say(title);
  const done = spawnSync(pinnedNode, [join('node_modules', ...script), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: pinnedEnvironment(env),
  });
  return done.status === 0;
}

function summary(file) {
  if (!existsSync(file)) return 'tests: 0 passed, 1 failed';
  const result = JSON.parse(readFileSync(file, 'utf8'));
  // A file that could not be loaded or set up has no test of its own that failed; it counts as one failure.
  const unloadable = result.testResults.filter(
    (suite) => suite.status === 'failed' && suite.assertionResults.every(({ status }) => status !== 'failed'),
  ).length;
  return `tests: ${result.numPassedTests} passed, ${result.numFailedTests + unloadable} failed, ${result.numPendingTests + result.numTodoTests} skipped`;
}

ensureDependencies();
ensureBrowser();
const styled = run('Checking style …', ['@biomejs', 'biome', 'bin', 'biome'], ['check', '--error-on-warnings', '.']);
const typed = run('Checking types …', ['typescript', 'bin', 'tsc'], ['--noEmit', '-p', '.']);
ensureBuild();
mkdirSync(join(root, 'tests', '.artifacts'), { recursive: true });
const report = join(root, 'tests', '.artifacts', 'results.json');
const tested = run(
  'Running the tests …',
  ['vitest', 'vitest.mjs'],
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...filters],
  { NODE_ENV: 'test' },
);

if (!styled) console.error('✗ The style check found something; "npx biome check --write ." mends most of it.');
if (!typed) console.error('✗ The type check found something.');
console.log(summary(report));
process.exit(styled && typed && tested ? 0 : 1);
