import { INPUT } from './kernel.ts';
import { normalName } from './names.ts';
import { checkedTree, childrenOf, FeelSyntaxFailure, type SyntaxNode } from './syntax.ts';

/** A variable an expression reads, with the type its use suggests: for forms that nobody has drawn. */
export type FieldGuess = {
  /** The variable, and the names inside it: `order.approved` is `['order', 'approved']`. */
  readonly path: readonly string[];
  readonly type: 'boolean' | 'number' | 'string' | 'date' | 'unknown';
  /** Texts it is compared with. */
  readonly choices: readonly string[];
};

const ITERATING = new Set([
  'FilterExpression',
  'ForExpression',
  'QuantifiedExpression',
  'FunctionDefinition',
  'Context',
]);
const LITERALS: Readonly<Record<string, FieldGuess['type']>> = {
  NumericLiteral: 'number',
  StringLiteral: 'string',
  BooleanLiteral: 'boolean',
  DateTimeLiteral: 'date',
};

type Guesses = { readonly source: string; readonly found: Map<string, FieldGuess> };

function pathOf(node: SyntaxNode | undefined, source: string): readonly string[] | undefined {
  if (node?.name === 'VariableName') return [normalName(source.slice(node.from, node.to))];
  if (node?.name !== 'PathExpression') return undefined;
  const [target, , member] = childrenOf(node);
  const path = pathOf(target, source);
  return path && member && [...path, normalName(source.slice(member.from, member.to))];
}

function note(
  { source, found }: Guesses,
  node: SyntaxNode | undefined,
  type: FieldGuess['type'],
  choices: string[] = [],
): void {
  const path = pathOf(node, source);
  if (path === undefined || path[0] === INPUT) return;
  const key = path.join('.');
  const known = found.get(key);
  const better = known === undefined || known.type === 'unknown' ? type : known.type;
  found.set(key, { path, type: better, choices: [...new Set([...(known?.choices ?? []), ...choices])] });
}

function textsIn(nodes: readonly SyntaxNode[], source: string): string[] {
  return nodes.flatMap((node) =>
    node.name === 'StringLiteral' ? [source.slice(node.from + 1, node.to - 1)] : textsIn(childrenOf(node), source),
  );
}

function literalType(nodes: readonly SyntaxNode[]): FieldGuess['type'] | undefined {
  for (const node of nodes) {
    const type = LITERALS[node.name] ?? literalType(childrenOf(node));
    if (type !== undefined) return type;
  }
  return undefined;
}

function compared(guesses: Guesses, node: SyntaxNode): void {
  const { source } = guesses;
  const [left, operator, ...rest] = childrenOf(node);
  const [right] = rest;
  const sign = operator === undefined ? '' : source.slice(operator.from, operator.to);
  const ordered = ['<', '>', '<=', '>='].includes(sign);
  const fallback = ordered ? 'number' : 'unknown';
  const chooses = sign === '=' || sign === '!=' || sign === 'in';
  note(guesses, left, literalType(rest) ?? fallback, chooses ? textsIn(rest, source) : []);
  if (right !== undefined && left !== undefined && sign !== 'in') {
    note(guesses, right, literalType([left]) ?? fallback, chooses ? textsIn([left], source) : []);
  }
}

/** Walks where the value of `node` is a condition. */
function condition(guesses: Guesses, node: SyntaxNode): void {
  const children = childrenOf(node);
  switch (node.name) {
    case 'Expression':
    case 'Conjunction':
    case 'Disjunction':
    case 'ParenthesizedExpression':
      for (const child of children) condition(guesses, child);
      return;
    case 'VariableName':
    case 'PathExpression':
      note(guesses, node, 'boolean');
      return;
    case 'FunctionInvocation': {
      const [callee, ...rest] = children;
      const isNot = callee !== undefined && guesses.source.slice(callee.from, callee.to) === 'not';
      for (const argument of rest.flatMap(childrenOf)) (isNot ? condition : value)(guesses, argument);
      return;
    }
    default:
      value(guesses, node);
  }
}

function value(guesses: Guesses, node: SyntaxNode): void {
  if (ITERATING.has(node.name)) return;
  const children = childrenOf(node);
  if (node.name === 'Comparison') compared(guesses, node);
  if (node.name === 'ArithmeticExpression') for (const child of children) note(guesses, child, 'number');
  if (pathOf(node, guesses.source) !== undefined) {
    note(guesses, node, 'unknown');
    return;
  }
  for (const child of children.slice(node.name === 'FunctionInvocation' ? 1 : 0)) value(guesses, child);
}

/** What a condition reads, guessed from how it reads it. Empty for what cannot be parsed. */
export function guessFields(source: string): readonly FieldGuess[] {
  const text = source.replace(/^\s*=(?!=)/, '');
  const guesses: Guesses = { source: text, found: new Map() };
  try {
    condition(guesses, checkedTree(text, 'expression', []));
  } catch (error) {
    if (error instanceof FeelSyntaxFailure) return [];
    throw error;
  }
  return [...guesses.found.values()];
}
