import { describe, expect, it } from 'vitest';
import { goodDiagram } from './bad-diagrams.ts';
import { type GateVerdict, gateInputs as inputs, verdictOn } from './verdict.ts';

type Refusal = GateVerdict['refusals'][number];

function isPlaced({ elementId, path, message }: Refusal): boolean {
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
    expect(refusals).toSatisfy((all: readonly Refusal[]) => all.some(isPlaced));
  });
});

describe('what was changed by one bit', () => {
  it('is refused at its place, or compiles as the valid model it became', async () => {
    let valid = 0;
    const changed = inputs.filter(({ mayBeValid }) => mayBeValid);
    for (const input of changed) {
      const { definition, refusals } = await verdictOn(input);
      if (definition) valid += 1;
      else expect(refusals, input.name).toSatisfy((all: readonly Refusal[]) => all.some(isPlaced));
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
