import { INPUT } from './kernel.ts';
import type { ComparisonOperator, Predicate, PredicateLiteral, PredicateTerm } from './predicate.ts';
import { checkedTree, childrenOf, FeelSyntaxFailure, type SyntaxNode } from './syntax.ts';

const COUNTING = new Set(['count', 'string length', 'length']);
const MIRRORED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '=': '=',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

const OPERATORS = ['=', '!=', '<', '<=', '>', '>='] as const;

type Reading = {
  readonly source: string;
  /** What `?` stands for in unary tests. */
  readonly input?: PredicateTerm;
};

/** What a condition says. Undefined for what cannot be parsed. */
export function predicateOf(source: string): Predicate | undefined {
  const text = source.replace(/^\s*=(?!=)/, '');
  return reading(() => read(checkedTree(text, 'expression', []), { source: text }));
}

/** What the cell of a decision table says of its input. Undefined for what cannot be parsed. */
export function predicateOfTests(
  source: string,
  input: PredicateTerm,
  names: readonly string[] = [],
): Predicate | undefined {
  return reading(() => readTests(checkedTree(source, 'unary-tests', names), { source, input }));
}

/** An expression looked at as a whole, as the input of a decision table is. Undefined for what cannot be parsed. */
export function termOf(source: string, names: readonly string[] = []): PredicateTerm | undefined {
  return reading(() => {
    const [node] = childrenOf(checkedTree(source, 'expression', names));
    return node && termAt(node, { source });
  });
}

function reading<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof FeelSyntaxFailure) return undefined;
    throw error;
  }
}

function read(node: SyntaxNode, context: Reading): Predicate {
  const children = childrenOf(node);
  switch (node.name) {
    case 'Expression':
    case 'ParenthesizedExpression': {
      const inner = children.find(({ name }) => name !== '(' && name !== ')');
      return inner ? read(inner, context) : holds(node, context);
    }
    case 'Conjunction':
    case 'Disjunction': {
      const parts = children.filter(({ name }) => name !== 'and' && name !== 'or');
      return { kind: node.name === 'Conjunction' ? 'and' : 'or', of: parts.map((part) => read(part, context)) };
    }
    case 'BooleanLiteral':
      return { kind: 'constant', value: textAt(node, context) === 'true' };
    case 'Comparison':
      return readComparison(node, children, context);
    case 'FunctionInvocation':
      return readCall(node, children, context);
    default:
      return holds(node, context);
  }
}

/** `not(…)` is understood; any other call is asked as a whole. */
function readCall(node: SyntaxNode, children: readonly SyntaxNode[], context: Reading): Predicate {
  const [callee, , parameters] = children;
  const [argument, ...more] = parameters ? childrenOf(parameters) : [];
  const negates = callee !== undefined && textAt(callee, context) === 'not';
  if (!negates || argument === undefined || more.length > 0) return holds(node, context);
  return { kind: 'not', of: read(argument, context) };
}

function readComparison(node: SyntaxNode, children: readonly SyntaxNode[], context: Reading): Predicate {
  const [left, operator, ...rest] = children;
  if (left === undefined || operator === undefined) return holds(node, context);
  if (operator.name === 'in') {
    return readTests(rest.find(({ name }) => name.startsWith('Positive')) ?? node, {
      ...context,
      input: termAt(left, context),
    });
  }
  if (operator.name === 'between') {
    const [low, , high] = rest;
    if (low === undefined || high === undefined) return holds(node, context);
    const within = [compared(left, '>=', low, context), compared(left, '<=', high, context)];
    return within.every((one) => one !== undefined) ? { kind: 'and', of: within } : holds(node, context);
  }
  const [right] = rest;
  const sign = operatorAt(operator, context);
  return (sign && right && compared(left, sign, right, context)) ?? holds(node, context);
}

/** A comparison with a literal on one side; two terms are compared by their difference. */
function compared(
  left: SyntaxNode,
  operator: ComparisonOperator,
  right: SyntaxNode,
  context: Reading,
): Predicate | undefined {
  const [leftValue, rightValue] = [literalAt(left, context), literalAt(right, context)];
  if (leftValue && rightValue) return undefined;
  if (rightValue) return { kind: 'compare', term: termAt(left, context), operator, literal: rightValue };
  if (leftValue)
    return { kind: 'compare', term: termAt(right, context), operator: MIRRORED[operator], literal: leftValue };
  return difference(termAt(left, context), operator, termAt(right, context));
}

function difference(left: PredicateTerm, operator: ComparisonOperator, right: PredicateTerm): Predicate {
  if (left.text > right.text) return difference(right, MIRRORED[operator], left);
  const term = {
    text: `${left.text} - ${right.text}`,
    variables: [...new Set([...left.variables, ...right.variables])],
    isPath: false,
    counts: false,
  };
  return { kind: 'compare', term, operator, literal: { type: 'number', value: 0 } };
}

function readTests(node: SyntaxNode, context: Reading): Predicate {
  const children = childrenOf(node);
  switch (node.name) {
    case 'UnaryTests': {
      const inside = children.find(({ name }) => name === 'PositiveUnaryTests' || name === 'Wildcard');
      const tests = inside ? readTests(inside, context) : holds(node, context);
      return children[0]?.name === 'not' ? { kind: 'not', of: tests } : tests;
    }
    case 'Wildcard':
      return { kind: 'constant', value: true };
    case 'PositiveUnaryTests':
      return { kind: 'or', of: children.filter(isContent).map((child) => readTests(child, context)) };
    case 'PositiveUnaryTest':
    case 'SimplePositiveUnaryTest':
      return readTest(node, children, context);
    default:
      return readTest(node, [node], context);
  }
}

function readTest(node: SyntaxNode, children: readonly SyntaxNode[], context: Reading): Predicate {
  const [first, second] = children;
  if (first === undefined || context.input === undefined) return holds(node, context);
  if (first.name === 'SimplePositiveUnaryTest') return readTests(first, context);
  if (first.name === 'Interval') return readInterval(first, context) ?? isIn(node, context);
  if (first.name === 'List')
    return {
      kind: 'or',
      of: childrenOf(first)
        .filter(isContent)
        .map((child) => readTest(child, [child], context)),
    };
  if (first.name === 'CompareOp' && second !== undefined) {
    const [operator, literal] = [operatorAt(first, context), literalAt(second, context)];
    return operator && literal ? { kind: 'compare', term: context.input, operator, literal } : isIn(node, context);
  }
  const literal = literalAt(first, context);
  if (literal) return { kind: 'compare', term: context.input, operator: '=', literal };
  return asksInput(first, context) ? read(first, context) : isIn(node, context);
}

function readInterval(node: SyntaxNode, context: Reading): Predicate | undefined {
  const [open, low, , high, close] = childrenOf(node);
  if (!(open && low && high && close && context.input)) return undefined;
  const [from, to] = [literalAt(low, context), literalAt(high, context)];
  if (!(from && to)) return undefined;
  const { input } = context;
  return {
    kind: 'and',
    of: [
      { kind: 'compare', term: input, operator: open.name === '[' ? '>=' : '>', literal: from },
      { kind: 'compare', term: input, operator: close.name === ']' ? '<=' : '<', literal: to },
    ],
  };
}

/** A test that is asked as a whole. */
function isIn(node: SyntaxNode, context: Reading): Predicate {
  const own = termAt(node, context);
  const input = context.input;
  const term = input
    ? { ...own, text: `${input.text} in ${own.text}`, variables: [...new Set([...input.variables, ...own.variables])] }
    : own;
  return isTrue({ ...term, isPath: false });
}

function asksInput(node: SyntaxNode, context: Reading): boolean {
  return textAt(node, context).includes('?');
}

/** The expression as a whole, asked whether it is true. */
function holds(node: SyntaxNode, context: Reading): Predicate {
  return isTrue(termAt(node, context));
}

function isTrue(term: PredicateTerm): Predicate {
  return { kind: 'compare', term, operator: '=', literal: { type: 'boolean', value: true } };
}

function termAt(node: SyntaxNode, context: Reading): PredicateTerm {
  if (node.name === 'ParenthesizedExpression') {
    const inner = childrenOf(node).find(isContent);
    if (inner) return termAt(inner, context);
  }
  if (context.input && (node.name === '?' || textAt(node, context) === INPUT)) return context.input;
  const [callee] = node.name === 'FunctionInvocation' ? childrenOf(node) : [];
  return {
    text: textAt(node, context),
    variables: [...new Set(variablesIn(node, context))],
    isPath: node.name === 'VariableName' || node.name === 'PathExpression',
    counts: callee !== undefined && COUNTING.has(textAt(callee, context)),
  };
}

function variablesIn(node: SyntaxNode, context: Reading): string[] {
  if (node.name === '?') return [...(context.input?.variables ?? [])];
  if (node.name === 'VariableName') return [textAt(node, context)];
  const children = childrenOf(node);
  return (node.name === 'FunctionInvocation' ? children.slice(1) : children).flatMap((child) =>
    variablesIn(child, context),
  );
}

const TEMPORAL = new Set(['date', 'time', 'date and time', 'duration']);

function literalAt(node: SyntaxNode, context: Reading): PredicateLiteral | undefined {
  const text = textAt(node, context);
  switch (node.name) {
    case 'NumericLiteral':
      return { type: 'number', value: Number(text.replaceAll(' ', '')) };
    case 'StringLiteral':
      return { type: 'text', value: text.slice(1, -1) };
    case 'BooleanLiteral':
      return { type: 'boolean', value: text === 'true' };
    case 'null':
      return { type: 'null' };
    case 'AtLiteral':
    case 'DateTimeLiteral':
      return temporal(text);
    default:
      return undefined;
  }
}

/** `date("2026-03-02")` or `@"2026-03-02"`. A duration's text is no order, and neither is an instant's with an offset. */
function temporal(text: string): PredicateLiteral | undefined {
  const [, name = '', value] = /^(?:([a-z ]+)\(|@)\s*"([^"]*)"\s*\)?$/.exec(text) ?? [];
  if (value === undefined || (name !== '' && !TEMPORAL.has(name.trim()))) return undefined;
  return /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?$|^\d{2}:\d{2}(:\d{2})?$/.test(value)
    ? { type: 'temporal', value }
    : undefined;
}

function operatorAt(node: SyntaxNode, context: Reading): ComparisonOperator | undefined {
  const text = textAt(node, context);
  return OPERATORS.find((operator) => operator === text);
}

function isContent({ name }: SyntaxNode): boolean {
  return !['(', ')', '[', ']', ','].includes(name);
}

function textAt(node: SyntaxNode, { source }: Reading): string {
  return source.slice(node.from, node.to).replace(/\s+/g, ' ').trim();
}
