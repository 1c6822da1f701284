import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type CompiledDefinition,
  checkSoundness,
  compilePackage,
  type Finding,
  type Soundness,
} from '../engine/index.ts';
import { decodeXml } from '../engine/interchange/index.ts';
import { defaultRun } from './default-run.ts';

const usage = `Usage: npm run compile -- FILE [--format xstate|ir|trace] [--json FILE]

Compiles a BPMN file, with the DMN files beside it, and prints what it became and whether it is sound.
  --format xstate   the XState machine of each scope, as stock createMachine loads it (this unless told)
  --format ir       what the states of the machines mean: each scope with its nodes in the kernel's words
  --format trace    a default run, command by command: its events and what it asks of the world
  --json FILE       writes that and the findings there instead of printing it
  --help            shows this

Ends with 1 when a finding refuses the deployment, with 2 when the file cannot be read. An unsound flow
compiles: it may run as a draft, and its findings say by which run it goes wrong.`;

type Machines = Readonly<Record<string, CompiledDefinition['scopes'][string]['machine']>>;

/** What a format shows, under the name it has in the JSON file. */
const formats: Readonly<Record<string, (definition: CompiledDefinition) => Readonly<Record<string, unknown>>>> = {
  xstate: (definition) => ({ machines: machinesOf(definition) }),
  ir: ({ processes, scopes }) => ({ processes, scopes: withoutMachines(scopes) }),
  trace: (definition) => ({ trace: defaultRun(definition) }),
};

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'xstate' },
      json: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const [file] = positionals;
  const format = formats[values.format];
  if (values.help || file === undefined || format === undefined) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const compiled = await compilePackage(readPackage(file));
  // Forms lie elsewhere; whether they are there is asked when the package is published.
  const { definition } = compiled;
  const soundness = definition && checkSoundness(definition);
  const findings = [...compiled.findings.filter(({ rule }) => rule !== 'form-missing'), ...(soundness?.findings ?? [])];
  for (const finding of findings) console.error([lineOf(finding), ...runOf(finding)].join('\n'));
  const shown = definition ? format(definition) : {};
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify({ ...shown, findings, soundness: soundness?.verdict }, null, 2)}\n`);
  else if (definition) console.log(JSON.stringify(values.format === 'ir' ? shown : Object.values(shown)[0], null, 2));
  console.log(summaryOf(file, definition ? machinesOf(definition) : {}, findings, definition !== undefined));
  if (soundness) console.log(verdictOf(file, soundness));
  return definition ? 0 : 1;
}

function machinesOf({ scopes }: CompiledDefinition): Machines {
  return Object.fromEntries(Object.entries(scopes).map(([id, { machine }]) => [id, machine]));
}

function withoutMachines(scopes: CompiledDefinition['scopes']): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(scopes).map(([id, { machine: _, ...scope }]) => [id, scope]));
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
    bpmn: textOf(file),
    forms: {},
    decisions: Object.fromEntries(decisions),
  };
}

function textOf(file: string): string {
  const decoded = decodeXml(readFileSync(file));
  if (!decoded.ok) throw new Error(decoded.message);
  return decoded.text;
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

function verdictOf(file: string, { verdict, states, plays }: Soundness): string {
  return `${basename(file)}: ${verdict.replace('-', ' ')}, ${states} states, ${plays} plays`;
}

/** The run that shows a finding, a step after the other. */
function runOf({ trace = [] }: Finding): readonly string[] {
  const steps = trace.map(({ elementId, event }) => (event === undefined ? elementId : `${elementId} ${event}`));
  return steps.length === 0 ? [] : [`  run: ${steps.join(' → ')}`];
}

try {
  process.exitCode = await main();
} catch (failure) {
  console.error(failure instanceof Error ? failure.message : String(failure));
  process.exitCode = 2;
}
