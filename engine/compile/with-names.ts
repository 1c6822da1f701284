import type { CompiledDefinition, ElementInfo } from '../ir/definition.ts';
import type { Finding } from '../ir/finding.ts';
import type { TraceStep } from '../ir/soundness.ts';

/** Says how elements are called in the diagram, for sentences that people read. */
export function withNames(
  findings: readonly Finding[],
  { elements }: Pick<CompiledDefinition, 'elements'>,
): readonly Finding[] {
  const named = new Map(elements.map((element) => [element.id, element]));
  return findings.map((finding) => {
    const { name, nameEn = name } = named.get(finding.elementId ?? '') ?? {};
    const read = finding.trace ? { ...finding, trace: finding.trace.map((step) => withName(step, named)) } : finding;
    return name === undefined || nameEn === undefined ? read : { ...read, params: { ...read.params, name, nameEn } };
  });
}

function withName(step: TraceStep, named: ReadonlyMap<string, ElementInfo>): TraceStep {
  const { name, nameEn = name } = named.get(step.elementId) ?? {};
  return name === undefined || nameEn === undefined ? step : { ...step, name, nameEn };
}
