import { readBpmn } from '../bpmn/read-bpmn.ts';
import type { Finding } from '../ir/finding.ts';
import { resolve } from './1-resolve.ts';
import { lint } from './2-lint.ts';

/** Facts about a diagram that do not stand in it. */
export type CheckOptions = {
  /** Text of an imported file by its location; nothing when it cannot be had. Without this, imports are not looked at. */
  readonly imported?: (location: string) => string | undefined;
};

/**
 * What a diagram breaks of the standard, whether or not it is meant to run: processes that are not executable are looked at too, and nothing
 * is asked that only the engine needs (a job type, a form). A finding about the standard carries its clause.
 */
export async function checkDiagram(bpmn: string, _options: CheckOptions = {}): Promise<readonly Finding[]> {
  const read = await readBpmn(bpmn);
  if (!read.model) return read.findings;
  return [...read.findings, ...lint(resolve(read.model))];
}
