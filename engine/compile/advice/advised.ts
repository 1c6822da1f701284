import type { CompiledDefinition } from '../../ir/definition.ts';
import type { Finding } from '../../ir/finding.ts';
import type { ProcessPackage } from '../../ir/package.ts';
import type { Resolved } from '../1-resolve.ts';

/** What advice is given on: a package that compiles. */
export type Advised = {
  readonly definition: CompiledDefinition;
  readonly pkg: ProcessPackage;
  readonly resolved: Resolved;
};

/** A rule of advice: something that runs, and still is unlikely to be what its author wants. */
export type AdviceRule = (advised: Advised) => readonly Finding[];

/** A warning of the form "Expected …, but …". */
export function warning(
  rule: string,
  elementId: string,
  expected: string,
  but: string,
  params: Finding['params'] = {},
): Finding {
  return { rule, severity: 'warning', message: `Expected ${expected}, but ${but}`, elementId, params };
}
