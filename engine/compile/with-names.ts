import type { CompiledDefinition } from '../ir/definition.ts';
import type { Finding } from '../ir/finding.ts';

/** Says how elements are called in the diagram, for sentences that people read. */
export function withNames(
  findings: readonly Finding[],
  { elements }: Pick<CompiledDefinition, 'elements'>,
): readonly Finding[] {
  const named = new Map(elements.map((element) => [element.id, element]));
  return findings.map((finding) => {
    const { name, nameEn = name } = named.get(finding.elementId ?? '') ?? {};
    return name === undefined || nameEn === undefined
      ? finding
      : { ...finding, params: { ...finding.params, name, nameEn } };
  });
}
