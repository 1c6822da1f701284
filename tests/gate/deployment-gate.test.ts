import { describe, expect, it } from 'vitest';
import { compilePackage, type Finding } from '../../engine/index.ts';
import { decodeXml } from '../../engine/interchange/index.ts';
import { badDecisions } from './bad-decisions.ts';
import { badDiagrams, goodDiagram } from './bad-diagrams.ts';
import { badExpressions, manyExpressions } from './bad-expressions.ts';
import type { BadInput } from './bad-input.ts';

const inputs: readonly BadInput[] = [
  ...badDiagrams(),
  ...badExpressions(),
  ...badDecisions(),
  manyExpressions(1_000, (n) => `a${n} + ${'1 + '.repeat(900)}1`),
];

/** Takes an input the way a file is taken: decoded where it is bytes, then compiled. */
async function verdictOn({ bpmn = goodDiagram, dmn }: BadInput) {
  const decoded = typeof bpmn === 'string' ? { ok: true as const, text: bpmn } : decodeXml(bpmn);
  if (!decoded.ok) return { refusals: [{ message: decoded.message, path: 'bytes' }] };
  const { definition, findings } = await compilePackage({
    ...{ key: 'gate', title: { 'zh-CN': '闸口', en: 'Gate' }, bpmn: decoded.text, forms: {} },
    decisions: dmn === undefined ? {} : { rules: dmn },
  });
  return { definition, refusals: findings.filter(({ severity }) => severity === 'error') };
}

function isPlaced({ elementId, path, message }: Pick<Finding, 'elementId' | 'path' | 'message'>): boolean {
  return (elementId !== undefined || path !== undefined) && message.startsWith('Expected ');
}

it('the good diagram is accepted, or every refusal here would mean nothing', async () => {
  expect((await verdictOn({ name: 'good' })).definition).toBeDefined();
});

it('there are at least 400 bad inputs that must be refused', () => {
  expect(inputs.filter(({ mayBeValid }) => !mayBeValid).length).toBeGreaterThanOrEqual(400);
});

describe('what must not become a definition', () => {
  it.each(inputs.filter(({ mayBeValid }) => !mayBeValid))('$name', async (input) => {
    const { definition, refusals } = await verdictOn(input);
    expect(definition).toBeUndefined();
    expect(refusals).toSatisfy((all: readonly Finding[]) => all.some(isPlaced));
  });
});

describe('what was changed by one bit', () => {
  it('is refused at its place, or compiles as the valid model it became', async () => {
    let valid = 0;
    const changed = inputs.filter(({ mayBeValid }) => mayBeValid);
    for (const input of changed) {
      const { definition, refusals } = await verdictOn(input);
      if (definition) valid += 1;
      else expect(refusals, input.name).toSatisfy((all: readonly Finding[]) => all.some(isPlaced));
    }
    expect(changed.length).toBeGreaterThanOrEqual(150);
    expect(valid).toBeLessThan(changed.length / 4);
  });
});

it('an error of an expression names the place in it and its element', async () => {
  const bpmn = goodDiagram.replace('=amount &gt; 100', '=amount &gt; nope(100)');
  const { refusals } = await verdictOn({ name: 'nope', bpmn });
  expect(refusals).toContainEqual(
    expect.objectContaining({ rule: 'expression', elementId: 'ok', params: expect.objectContaining({ position: 10 }) }),
  );
});
