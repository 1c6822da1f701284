import { readBpmn } from '../bpmn/read-bpmn.ts';
import { compileDecisions } from '../dmn/index.ts';
import { callsCalendar } from '../feel/index.ts';
import type { CompiledDefinition } from '../ir/definition.ts';
import type { Finding } from '../ir/finding.ts';
import type { ProcessPackage } from '../ir/package.ts';
import { resolve } from './1-resolve.ts';
import { lint } from './2-lint.ts';
import { lower } from './3-lower.ts';
import { emitMachine } from './5-emit-machines.ts';
import { advise } from './advice/index.ts';
import { checkReferences } from './check-references.ts';
import { describeDefinition } from './describe-definition.ts';
import { unservedStarts } from './unserved-starts.ts';
import { withNames } from './with-names.ts';

/** Facts about the package that do not stand in it. */
export type CompileOptions = {
  /** Content hash under which the package is stored; cases record it. */
  readonly hash?: string;
  /** Hospital zone; dates without an offset are local there. */
  readonly zone?: string;
};

/** What compiling gives. Without a definition, at least one finding is an error. */
export type CompileResult = { readonly definition?: CompiledDefinition; readonly findings: readonly Finding[] };

/** Compiles a process package: read → resolve → lint → lower → emit → advise. Every pass gives all its findings, not the first. */
export async function compilePackage(pkg: ProcessPackage, options: CompileOptions = {}): Promise<CompileResult> {
  const read = await readBpmn(pkg.bpmn);
  if (!read.model || refuses(read.findings)) return { findings: read.findings };
  const resolved = resolve(read.model);
  const lowered = lower(resolved);
  const decisions = await compileDecisions(pkg.decisions);
  const findings = [
    ...read.findings,
    ...resolved.findings,
    ...lint(resolved),
    ...resolved.processes.flatMap(unservedStarts),
    ...lowered.findings,
    ...decisions.findings,
    ...checkReferences(pkg, resolved, lowered.scopes, Object.keys(decisions.decisions)),
  ];
  if (refuses(findings)) return { findings };
  const scopes = lowered.scopes.map(
    ({ flows, ...scope }) => [scope.id, { ...scope, machine: emitMachine({ ...scope, flows }) }] as const,
  );
  const described = describeDefinition(resolved, lowered.scopes);
  const definition: CompiledDefinition = {
    format: 1,
    hash: options.hash ?? '',
    key: pkg.key,
    title: pkg.title,
    zone: options.zone ?? 'Asia/Shanghai',
    ...described,
    scopes: Object.fromEntries(scopes),
    decisions: decisions.decisions,
    ...(callsCalendar([scopes, described.processes, decisions.decisions, pkg.forms]) ? { readsCalendar: true } : {}),
  };
  const all = [...findings, ...advise({ definition, pkg, resolved })];
  return { definition, findings: withNames(all, definition) };
}

function refuses(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}
