import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { rewriteBpmn } from '../engine/index.ts';
import { decodeXml, extensionsOf, factsOf, keepForeign, missingFacts } from '../engine/interchange/index.ts';

const usage = `Usage: npm run roundtrip -- DIR [--json FILE]

Takes each BPMN file of a folder the way the product does: it is decoded, opened in the modeler's library, changed in one place (a
text annotation is added), saved and exported. Then every fact of the source is looked for in the export: an element under the nearest
id, an attribute with its value, a text. Namespaces are resolved; prefixes, order, white space and number formats make no difference.
Values equal to a default of the schema count like any other.
  --json FILE   writes the lost facts of each file there
  --help        shows this

Ends with 1 when a fact is lost or an extension differs, with 2 when a file cannot be read.`;

type Outcome = {
  readonly file: string;
  readonly facts: number;
  readonly lost: readonly string[];
  readonly extensions: number;
  readonly unlikeExtensions: readonly string[];
  /** Opened and saved without a change, the file is what it was. */
  readonly untouched: boolean;
};

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'string' }, help: { type: 'boolean' } },
  });
  const [folder] = positionals;
  if (values.help || folder === undefined) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const outcomes: Outcome[] = [];
  for (const file of filesIn(folder)) {
    const outcome = await travel(file, readFileSync(file));
    outcomes.push(outcome);
    console.log(lineOf(outcome));
    for (const fact of outcome.lost) console.log(`  lost: ${fact}`);
  }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ files: outcomes }, null, 2)}\n`);
  console.log(summaryOf(outcomes));
  return outcomes.length > 0 && outcomes.every(holds) ? 0 : 1;
}

function filesIn(folder: string): readonly string[] {
  if (statSync(folder).isFile()) return [folder];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(bpmn|bpmn2|bpmn\.xml|bpmn20\.xml)$/i.test(name))
    .sort()
    .map((name) => join(folder, name));
}

async function travel(file: string, bytes: Uint8Array): Promise<Outcome> {
  const decoded = decodeXml(bytes);
  if (!decoded.ok) throw new Error(`${file}: ${decoded.message}`);
  const source = decoded.text;
  const { opened, annotated } = await rewriteBpmn(source, { id: 'RoundtripAnnotation', text: 'Roundtrip' });
  const exported = keepForeign({ source, baseline: opened, edited: annotated });
  const facts = factsOf(source);
  const [before, after] = [extensionsOf(source), extensionsOf(exported)];
  return {
    file,
    facts: facts.length,
    lost: missingFacts(facts, factsOf(exported)),
    extensions: before.size,
    unlikeExtensions: [...before]
      .filter(([key, own]) => own.join('\n') !== after.get(key)?.join('\n'))
      .map(([key]) => key),
    untouched: keepForeign({ source, baseline: opened, edited: opened }) === source,
  };
}

function holds({ facts, lost, unlikeExtensions, untouched }: Outcome): boolean {
  return facts > 0 && lost.length === 0 && unlikeExtensions.length === 0 && untouched;
}

function lineOf({ file, facts, lost, extensions, unlikeExtensions }: Outcome): string {
  return `${file}: ${facts} facts, ${lost.length} lost; ${extensions} extensions, ${unlikeExtensions.length} unlike`;
}

function summaryOf(outcomes: readonly Outcome[]): string {
  const sum = (count: (one: Outcome) => number) => outcomes.reduce((total, one) => total + count(one), 0);
  const [facts, lost] = [sum((one) => one.facts), sum((one) => one.lost.length)];
  const [extensions, unlike] = [sum((one) => one.extensions), sum((one) => one.unlikeExtensions.length)];
  return `roundtrip: ${outcomes.length} files, ${facts} facts, ${lost} lost, ${extensions} extension elements, ${unlike} not equal`;
}

try {
  process.exitCode = await main();
} catch (failure) {
  console.error(failure instanceof Error ? failure.message : String(failure));
  process.exitCode = 2;
}
