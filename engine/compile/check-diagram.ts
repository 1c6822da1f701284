import { readBpmn } from '../bpmn/read-bpmn.ts';
import type { Finding } from '../ir/finding.ts';
import { resolve } from './1-resolve.ts';
import { lint } from './2-lint.ts';
import { checkImports, type Imported } from './check-imports.ts';

/** Facts about a diagram that do not stand in it. */
export type CheckOptions = {
  /** Without this, imports are not looked at. */
  readonly imported?: Imported;
};

/**
 * What a diagram breaks of the standard, whether or not it is meant to run: processes that are not executable are looked at too, and nothing
 * is asked that only the engine needs (a job type, a form). A finding about the standard carries its clause.
 */
export async function checkDiagram(bpmn: string, { imported }: CheckOptions = {}): Promise<readonly Finding[]> {
  const { model, findings } = await readBpmn(bpmn);
  if (!model) return findings;
  const imports = imported ? await checkImports(model.definitions, model.byId, imported) : [];
  return [...findings, ...imports, ...lint(resolve(model, 'drawn'))];
}
