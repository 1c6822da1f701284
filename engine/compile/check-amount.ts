import { amountOf, MAX_AMOUNT } from '../feel/index.ts';
import type { Finding } from '../ir/finding.ts';
import type { LoweredScope } from './3-lower.ts';
import { expressionsOfNode } from './expressions-of.ts';

/** The element at which a diagram has more FEEL than may be parsed; counted before anything is. */
export function tooMuchFeel(scopes: readonly LoweredScope[]): Finding | undefined {
  let amount = 0;
  const known = new Set<string>();
  for (const node of scopes.flatMap(({ nodes }) => Object.values(nodes))) {
    for (const { feel } of expressionsOfNode(node)) {
      amount += known.has(feel) ? 0 : amountOf(feel);
      known.add(feel);
    }
    if (amount <= MAX_AMOUNT) continue;
    const message = `Expected at most ${MAX_AMOUNT} characters of FEEL in all elements, but there are more from ${node.id} on`;
    return { rule: 'too-much-feel', severity: 'error', message, elementId: node.id };
  }
  return undefined;
}
