import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type CompiledDefinition, compilePackage, type Finding } from '../engine/index.ts';

const usage = `Usage: npm run compile -- FILE [--json FILE]

Compiles a BPMN file, with the DMN files beside it, and prints the XState machine of each scope.
  --json FILE   writes the machines and findings there instead of printing the machines
  --help        shows this

Ends with 1 when a finding refuses the deployment, with 2 when the file cannot be read.`;

type Machines = Readonly<Record<string, CompiledDefinition['scopes'][string]['machine']>>;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'string' }, help: { type: 'boolean' } },
  });
  const [file] = positionals;
  if (values.help || file === undefined) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const compiled = await compilePackage(readPackage(file));
  // Forms lie elsewhere; whether they are there is asked when the package is published.
  const findings = compiled.findings.filter(({ rule }) => rule !== 'form-missing');
  const { definition } = compiled;
  for (const finding of findings) console.error(lineOf(finding));
  const machines: Machines = Object.fromEntries(
    Object.entries(definition?.scopes ?? {}).map(([id, { machine }]) => [id, machine]),
  );
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ machines, findings }, null, 2)}\n`);
  else if (definition) console.log(JSON.stringify(machines, null, 2));
  console.log(summaryOf(file, machines, findings, definition !== undefined));
  return definition ? 0 : 1;
}

function readPackage(file: string): Parameters<typeof compilePackage>[0] {
  const folder = dirname(file);
  const key = basename(file, extname(file));
  const decisions = readdirSync(folder)
    .filter((name) => name.endsWith('.dmn'))
    .map((name) => [basename(name, '.dmn'), readFileSync(join(folder, name), 'utf8')] as const);
  return {
    key,
    title: { 'zh-CN': key, en: key },
    bpmn: readFileSync(file, 'utf8'),
    forms: {},
    decisions: Object.fromEntries(decisions),
  };
}

function lineOf({ severity, rule, elementId, path, message }: Finding): string {
  const place = [elementId, path].filter((part) => part !== undefined).join(' ');
  return `${severity}: ${message} [${rule}${place === '' ? '' : ` at ${place}`}]`;
}

function summaryOf(file: string, machines: Machines, findings: readonly Finding[], compiled: boolean): string {
  const states = Object.values(machines).reduce((sum, { states }) => sum + Object.keys(states).length - 3, 0);
  const count = (severity: Finding['severity']) => findings.filter((one) => one.severity === severity).length;
  const result = compiled ? `${Object.keys(machines).length} machines with ${states} nodes` : 'refused';
  return `${basename(file)}: ${result}, ${count('error')} errors, ${count('warning')} warnings`;
}

try {
  process.exitCode = await main();
} catch (failure) {
  console.error(failure instanceof Error ? failure.message : String(failure));
  process.exitCode = 2;
}
