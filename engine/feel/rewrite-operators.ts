import { kernelOperator } from './kernel.ts';
import { call, child, type Print, textOf, unsupported } from './rewriting.ts';
import { childrenOf } from './syntax.ts';

/** `a + b`, `-a`. */
export const arithmeticExpression: Print = (node, rewriting) => {
  const parts = childrenOf(node);
  if (parts.length === 2) return call(rewriting, '__negate', rewriting.print(child(node, 1), rewriting));
  return binary(node, rewriting);
};

/** An operator between two operands. */
export const binary: Print = (node, rewriting) => {
  const name = kernelOperator(textOf(child(node, 1), rewriting));
  if (name === undefined) throw unsupported(node);
  return call(rewriting, name, rewriting.print(child(node, 0), rewriting), rewriting.print(child(node, 2), rewriting));
};
