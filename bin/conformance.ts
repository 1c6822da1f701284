import { existsSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Corpus, readCorpus } from '../tests/conformance/corpus.ts';
import { playDmnFolder } from '../tests/conformance/dmn-case.ts';
import { failuresOf } from '../tests/conformance/play-case.ts';
import { checkFound } from '../tests/conformance/static-case.ts';

const usage = `Usage: npm run conformance -- DIR [--json FILE] [--case TEXT]

Runs every conformance case below a folder: execution cases and diagrams in the neutral forms (any *.json that says so), decision
tables of the DMN test kit (any folder with a .dmn and its cases). Prints each case that falls short and why.
  --json FILE   writes every case with its result there
  --case TEXT   only cases whose id contains the text
  --help        shows this

Cases marked advisory are run and told, but never counted. Ends with 1 when a scored case falls short, with 2 when there is none.`;

type Result = {
  readonly kind: 'execution' | 'static' | 'dmn';
  readonly id: string;
  readonly counts: boolean;
  readonly failures: readonly string[];
  /** Diagrams: the rules found broken, each with its element and clause. */
  readonly found?: readonly string[];
};

async function runExecution(corpus: Corpus): Promise<Result[]> {
  const results: Result[] = [];
  for (const found of corpus.execution) {
    const failures = await failuresOf(found);
    results.push({ kind: 'execution', id: found.id, counts: found.status === 'scored', failures });
  }
  return results;
}

async function runDiagrams(corpus: Corpus): Promise<Result[]> {
  const results: Result[] = [];
  for (const one of corpus.diagrams) {
    const { failures, broken } = await checkFound(one);
    const found = broken.map(
      ({ rule, elementId, clause }) => `${rule}${elementId ? ` at ${elementId}` : ''}${clause ? ` (${clause})` : ''}`,
    );
    results.push({ kind: 'static', id: one.id, counts: one.status === 'scored', failures, found });
  }
  return results;
}

async function runDecisions(corpus: Corpus): Promise<Result[]> {
  const results: Result[] = [];
  for (const { name, path } of corpus.decisions)
    for (const { id, failures } of await playDmnFolder(path))
      results.push({ kind: 'dmn', id: `${name}#${id}`, counts: true, failures });
  return results;
}

function tell({ kind, id, counts, failures }: Result): void {
  if (failures.length === 0) return;
  console.log(`${counts ? '✗' : '·'} ${kind} ${id}${counts ? '' : ' (advisory, not counted)'}`);
  for (const failure of failures) console.log(`    ${failure}`);
}

function summaryOf(results: readonly Result[]): string {
  const parts = (['execution', 'static', 'dmn'] as const).map((kind) => {
    const ofKind = results.filter((one) => one.kind === kind && one.counts);
    return `${kind} ${ofKind.filter(({ failures }) => failures.length === 0).length} of ${ofKind.length}`;
  });
  return `conformance: ${parts.join(', ')}`;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'string' }, case: { type: 'string' }, help: { type: 'boolean' } },
  });
  const [folder] = positionals;
  if (values.help || folder === undefined) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  if (!existsSync(folder)) {
    console.error(`Expected a folder of conformance cases, but there is no ${folder}`);
    return 2;
  }
  const corpus = chosen(readCorpus(folder), values.case ?? '');
  const results = [...(await runExecution(corpus)), ...(await runDiagrams(corpus)), ...(await runDecisions(corpus))];
  for (const result of results) tell(result);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ results }, null, 2)}\n`);
  console.log(summaryOf(results));
  const counted = results.filter(({ counts }) => counts);
  if (counted.length === 0) return 2;
  return counted.every(({ failures }) => failures.length === 0) ? 0 : 1;
}

function chosen(corpus: Corpus, text: string): Corpus {
  return {
    execution: corpus.execution.filter(({ id }) => id.includes(text)),
    diagrams: corpus.diagrams.filter(({ id }) => id.includes(text)),
    decisions: corpus.decisions.filter(({ name }) => name.includes(text)),
  };
}

process.exitCode = await main();
