import { type CompiledDefinition, compilePackage, type Finding } from '../../engine/index.ts';
import { decodeXml } from '../../engine/interchange/index.ts';
import { badDecisions } from './bad-decisions.ts';
import { badDiagrams, goodDiagram } from './bad-diagrams.ts';
import { badExpressions, manyExpressions } from './bad-expressions.ts';
import type { BadInput } from './bad-input.ts';

/** Everything handed in at the gate, with what was changed by chance and may be valid again. */
export const gateInputs: readonly BadInput[] = [
  ...badDiagrams(),
  ...badExpressions(),
  ...badDecisions(),
  manyExpressions(1_000, (n) => `a${n} + ${'1 + '.repeat(900)}1`),
];

/** What became of an input. */
export type GateVerdict = {
  readonly definition?: CompiledDefinition;
  readonly refusals: readonly Pick<Finding, 'rule' | 'message' | 'elementId' | 'path' | 'params'>[];
};

/** Takes an input the way a file is taken: decoded where it is bytes, then compiled. */
export async function verdictOn({ bpmn = goodDiagram, dmn }: BadInput): Promise<GateVerdict> {
  const decoded = typeof bpmn === 'string' ? { ok: true as const, text: bpmn } : decodeXml(bpmn);
  if (!decoded.ok) return { refusals: [{ rule: 'bytes', message: decoded.message, path: 'bytes' }] };
  const { definition, findings } = await compilePackage({
    ...{ key: 'gate', title: { 'zh-CN': '闸口', en: 'Gate' }, bpmn: decoded.text, forms: {} },
    decisions: dmn === undefined ? {} : { rules: dmn },
  });
  return { definition, refusals: findings.filter(({ severity }) => severity === 'error') };
}
