import { BUILTINS } from './builtins.ts';
import { INPUT } from './kernel.ts';
import { normalName } from './names.ts';
import { binary } from './rewrite-operators.ts';
import { call, child, type Print, type Rewriting, textOf, within } from './rewriting.ts';
import { childrenOf, type SyntaxNode } from './syntax.ts';

/** Comparisons, `in` and `between`. */
export const comparison: Print = (node, rewriting) => {
  const operator = child(node, 1);
  const left = rewriting.print(child(node, 0), rewriting);
  if (operator.name === 'between') {
    return call(
      rewriting,
      '__between',
      left,
      rewriting.print(child(node, 2), rewriting),
      rewriting.print(child(node, 4), rewriting),
    );
  }
  if (operator.name !== 'in') return binary(node, rewriting);
  const tests = childrenOf(node)
    .slice(2)
    .flatMap((part) => (part.name === 'PositiveUnaryTests' ? childrenOf(part) : [part]))
    .filter((part) => part.name === 'PositiveUnaryTest');
  return call(rewriting, '__in', left, `[${tests.map((test) => testValue(child(test, 0), rewriting)).join(', ')}]`);
};

/** A test as a value: `> 3` is the range `(3..null)`. */
function testValue(inner: SyntaxNode, rewriting: Rewriting): string {
  if (inner.name === 'ParenthesizedExpression' && child(inner, 1).name === 'SimplePositiveUnaryTest') {
    return testValue(child(inner, 1), rewriting);
  }
  if (inner.name !== 'SimplePositiveUnaryTest') return rewriting.print(inner, rewriting);
  const parts = childrenOf(inner);
  if (parts.length === 1) return rewriting.print(child(inner, 0), rewriting);
  const value = rewriting.print(child(inner, 1), rewriting);
  switch (textOf(child(inner, 0), rewriting)) {
    case '>':
      return `((${value})..null)`;
    case '>=':
      return `[(${value})..null)`;
    case '<':
      return `(null..(${value}))`;
    case '<=':
      return `(null..(${value})]`;
    case '!=':
      return call(rewriting, '__notEqualTest', value);
    default:
      return value;
  }
}

const TESTS = new Set(['Comparison', 'Conjunction', 'Disjunction', 'QuantifiedExpression', 'InstanceOfExpression']);

/** Whether a filter is asked for every item; otherwise it is an index. */
function isPredicate(node: SyntaxNode, rewriting: Rewriting): boolean {
  if (node.name === 'ParenthesizedExpression') return isPredicate(child(node, 1), rewriting);
  if (node.name !== 'FunctionInvocation') return TESTS.has(node.name);
  return BUILTINS.get(normalName(textOf(child(node, 0), rewriting)))?.predicate ?? false;
}

/** A filter: an index, or a condition every item is asked. */
export const filter: Print = (node, rewriting) => {
  const target = rewriting.print(child(node, 0), rewriting);
  const test = child(node, 2);
  if (test.name === 'SimplePositiveUnaryTest') {
    const asTest = `${call(rewriting, '__in', 'item', `[${testValue(test, rewriting)}]`)} and true`;
    return `(${call(rewriting, '__filtered', target)})[${asTest}]`;
  }
  if (!isPredicate(test, rewriting)) return `(${target})[${rewriting.print(test, rewriting)}]`;
  const condition = within(rewriting, [['item', 'item']], () => rewriting.print(test, rewriting));
  return `(${call(rewriting, '__filtered', target)})[(${condition}) and true]`;
};

function mentionsInput(node: SyntaxNode): boolean {
  return node.name === '?' || childrenOf(node).some(mentionsInput);
}

function unaryTest(test: SyntaxNode, rewriting: Rewriting): string {
  const inner = child(test, 0);
  if (inner.name === 'null') return call(rewriting, '__equal', INPUT, 'null');
  if (mentionsInput(inner)) return `(${rewriting.print(inner, rewriting)})`;
  const literal = inner.name === 'BooleanLiteral' || inner.name === 'SimplePositiveUnaryTest';
  return call(rewriting, literal ? '__passes' : '__passesComputed', INPUT, testValue(inner, rewriting));
}

/** Unary tests (a decision table's cell) as one boolean expression over the input. */
export function printUnaryTests(node: SyntaxNode, rewriting: Rewriting): string {
  const parts = childrenOf(node);
  if (parts[0]?.name === 'Wildcard') return 'true';
  const tests = parts
    .flatMap((part) => (part.name === 'PositiveUnaryTests' ? childrenOf(part) : [part]))
    .filter((part) => part.name === 'PositiveUnaryTest');
  const any = `(${tests.map((test) => `(${unaryTest(test, rewriting)}) = true`).join(' or ')})`;
  return parts[0]?.name === 'not' ? `${any} = false` : any;
}
