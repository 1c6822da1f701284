import { MAX_RANGE } from './limits.ts';
import { normalName } from './names.ts';
import { call, child, localName, type Print, type Rewriting, textOf, unsupported, within } from './rewriting.ts';
import { childrenOf, FeelSyntaxFailure, type SyntaxNode } from './syntax.ts';

function iterationSource(node: SyntaxNode, rewriting: Rewriting): string {
  const [from, , to] = childrenOf(node);
  if (from === undefined) throw unsupported(node);
  if (to === undefined) return call(rewriting, '__iterated', rewriting.print(from, rewriting));
  checkRange(node, from, to, rewriting);
  return call(rewriting, '__iteratedRange', rewriting.print(from, rewriting), rewriting.print(to, rewriting));
}

function checkRange(node: SyntaxNode, from: SyntaxNode, to: SyntaxNode, rewriting: Rewriting): void {
  if (from.name !== 'NumericLiteral' || to.name !== 'NumericLiteral') return;
  const length = Math.abs(Number(textOf(to, rewriting)) - Number(textOf(from, rewriting))) + 1;
  if (length <= MAX_RANGE) return;
  const message = `Expected a range of at most ${MAX_RANGE} numbers, but it has ${length}.`;
  throw new FeelSyntaxFailure('range-too-large', message, node);
}

/** `x in xs, y in ys` and then the body, with the names bound one after the other. */
function iteration(
  node: SyntaxNode,
  rewriting: Rewriting,
  finish: (clauses: string, body: string) => string,
  extra: readonly (readonly [string, string])[] = [],
): string {
  const parts = childrenOf(node);
  const expressions = parts.find((part) => part.name === 'InExpressions');
  const body = parts.at(-1);
  if (expressions === undefined || body === undefined) throw unsupported(node);
  const depth = rewriting.scopes.length;
  try {
    const clauses = childrenOf(expressions).map((expression, index) => {
      const source = iterationSource(child(expression, 2), rewriting);
      const local = localName(normalName(textOf(child(expression, 0), rewriting)), depth * 10 + index);
      rewriting.scopes.push(new Map([local]));
      return `${local[1]} in ${source}`;
    });
    return within(rewriting, extra, () => finish(clauses.join(', '), rewriting.print(body, rewriting)));
  } finally {
    rewriting.scopes.length = depth;
  }
}

/** `for … return …`. */
export const forExpression: Print = (node, rewriting) =>
  iteration(node, rewriting, (clauses, body) => `(for ${clauses} return (${body}))`, [['partial', 'partial']]);

/** `some … satisfies …` and `every`. */
export const quantified: Print = (node, rewriting) => {
  const quantifier = child(node, 0).name;
  return iteration(node, rewriting, (clauses, body) => `(${quantifier} ${clauses} satisfies ((${body}) and true))`);
};
