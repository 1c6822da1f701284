import { FeelDecimal } from './arithmetic.ts';
import { BUILTINS } from './builtins.ts';
import { builtinId, INPUT, type KernelName, kernelOperator, NOW, TODAY } from './kernel.ts';
import { MAX_RANGE } from './limits.ts';
import { patternCost } from './pattern-safety.ts';
import { childrenOf, FeelSyntaxFailure, isPlainName, normalName, type SyntaxNode } from './syntax.ts';

/**
 * Rewrites an expression so that feelin runs it with Meridian's operators: `a + b` becomes `__add(a, b)`.
 * Structure, paths, filters, iteration and temporals stay feelin's; numbers become decimal, comparisons typed,
 * iteration counted, `now()` a parameter, and no variable can hide a builtin.
 */
export type Rewriting = {
  readonly source: string;
  /** Declared names, which may have spaces and signs. */
  readonly declared: ReadonlySet<string>;
  /** Declared names that are functions (business knowledge), so a call of them is no unknown function. */
  readonly functions: ReadonlySet<string>;
  /** Free variables by name, with the parameter that carries each. */
  readonly parameters: Map<string, string>;
  /** Kernel and builtin functions the text calls. */
  readonly used: Set<string>;
  /** Names bound inside (iteration variables, parameters, context entries) with what they are written as. */
  readonly scopes: Map<string, string>[];
};

type Print = (node: SyntaxNode, rewriting: Rewriting) => string;

function textOf(node: SyntaxNode, { source }: Rewriting): string {
  return source.slice(node.from, node.to);
}

function call(rewriting: Rewriting, name: KernelName, ...args: readonly string[]): string {
  rewriting.used.add(name);
  return `${name}(${args.join(', ')})`;
}

function child(node: SyntaxNode, index: number): SyntaxNode {
  const found = childrenOf(node)[index];
  if (found === undefined) throw unsupported(node);
  return found;
}

function unsupported(node: SyntaxNode): FeelSyntaxFailure {
  return new FeelSyntaxFailure('unsupported', `Expected a supported expression, but got ${node.name}.`, node);
}

function bound(name: string, { scopes }: Rewriting): string | undefined {
  for (let index = scopes.length - 1; index >= 0; index -= 1) {
    const found = scopes[index]?.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Writes `work` with more names bound. */
function within<T>(rewriting: Rewriting, names: Iterable<readonly [string, string]>, work: () => T): T {
  rewriting.scopes.push(new Map(names));
  try {
    return work();
  } finally {
    rewriting.scopes.pop();
  }
}

function parameterFor(name: string, { parameters }: Rewriting): string {
  const known = parameters.get(name);
  if (known !== undefined) return known;
  const parameter = isPlainName(name) ? name : `__name${parameters.size}`;
  parameters.set(name, parameter);
  return parameter;
}

function variable(node: SyntaxNode, rewriting: Rewriting): string {
  const name = normalName(textOf(node, rewriting));
  if (name.startsWith('__')) {
    throw new FeelSyntaxFailure('unsupported', 'Expected a name that does not begin with __, but it does.', node);
  }
  const local = bound(name, rewriting);
  if (local !== undefined) return local;
  if (!isPlainName(name) && !rewriting.declared.has(name)) {
    throw new FeelSyntaxFailure('syntax', `Expected an operator between names, but got ${name}.`, node);
  }
  return parameterFor(name, rewriting);
}

function localName(name: string, index: number): readonly [string, string] {
  return [name, isPlainName(name) ? name : `__local${index}`];
}

const arithmeticExpression: Print = (node, rewriting) => {
  const parts = childrenOf(node);
  if (parts.length === 2) return call(rewriting, '__negate', print(child(node, 1), rewriting));
  return binary(node, rewriting);
};

const binary: Print = (node, rewriting) => {
  const name = kernelOperator(textOf(child(node, 1), rewriting));
  if (name === undefined) throw unsupported(node);
  return call(rewriting, name, print(child(node, 0), rewriting), print(child(node, 2), rewriting));
};

const comparison: Print = (node, rewriting) => {
  const operator = child(node, 1);
  const left = print(child(node, 0), rewriting);
  if (operator.name === 'between') {
    return call(rewriting, '__between', left, print(child(node, 2), rewriting), print(child(node, 4), rewriting));
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
  if (inner.name !== 'SimplePositiveUnaryTest') return print(inner, rewriting);
  const parts = childrenOf(inner);
  if (parts.length === 1) return print(child(inner, 0), rewriting);
  const value = print(child(inner, 1), rewriting);
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

const junction: Print = (node, rewriting) =>
  `(${print(child(node, 0), rewriting)} ${child(node, 1).name} ${print(child(node, 2), rewriting)})`;

function quotedName(name: string): string {
  return `\`${name}\``;
}

const path: Print = (node, rewriting) => {
  const target = child(node, 0);
  const name = normalName(textOf(child(node, 2), rewriting));
  const printed = print(target, rewriting);
  const plain = target.name === 'VariableName' || target.name === 'PathExpression';
  return `${plain ? printed : `(${printed})`}.${quotedName(name)}`;
};

const TESTS = new Set(['Comparison', 'Conjunction', 'Disjunction', 'QuantifiedExpression', 'InstanceOfExpression']);

/** Whether a filter is asked for every item; otherwise it is an index. */
function isPredicate(node: SyntaxNode, rewriting: Rewriting): boolean {
  if (node.name === 'ParenthesizedExpression') return isPredicate(child(node, 1), rewriting);
  if (node.name !== 'FunctionInvocation') return TESTS.has(node.name);
  return BUILTINS.get(normalName(textOf(child(node, 0), rewriting)))?.predicate ?? false;
}

const filter: Print = (node, rewriting) => {
  const target = print(child(node, 0), rewriting);
  const test = child(node, 2);
  if (test.name === 'SimplePositiveUnaryTest') {
    const asTest = `${call(rewriting, '__in', 'item', `[${testValue(test, rewriting)}]`)} and true`;
    return `(${call(rewriting, '__filtered', target)})[${asTest}]`;
  }
  if (!isPredicate(test, rewriting)) return `(${target})[${print(test, rewriting)}]`;
  const condition = within(rewriting, [['item', 'item']], () => print(test, rewriting));
  return `(${call(rewriting, '__filtered', target)})[(${condition}) and true]`;
};

const list: Print = (node, rewriting) => {
  const items = childrenOf(node).slice(1, -1);
  return `[${items.map((item) => print(item, rewriting)).join(', ')}]`;
};

function keyOf(entry: SyntaxNode, rewriting: Rewriting): string {
  const key = child(child(entry, 0), 0);
  const text = textOf(key, rewriting);
  return key.name === 'StringLiteral' ? text.slice(1, -1).replace(/\\"/g, '"') : normalName(text);
}

const context: Print = (node, rewriting) => {
  const entries = childrenOf(node).filter((part) => part.name === 'ContextEntry');
  return within(rewriting, [], () => {
    const scope = rewriting.scopes.at(-1);
    const printed = entries.map((entry) => {
      const key = keyOf(entry, rewriting);
      const value = print(child(entry, 1), rewriting);
      scope?.set(key, quotedName(key));
      return `${JSON.stringify(key)}: ${value}`;
    });
    return `{${printed.join(', ')}}`;
  });
};

const functionDefinition: Print = (node, rewriting) => {
  const parts = childrenOf(node);
  const body = parts.find((part) => part.name === 'FunctionBody');
  if (body === undefined || parts.some((part) => part.name === 'external')) throw unsupported(node);
  const formal = parts.find((part) => part.name === 'FormalParameters');
  const names = (formal === undefined ? [] : childrenOf(formal)).map((parameter, index) =>
    localName(normalName(textOf(child(parameter, 0), rewriting)), index),
  );
  const printed = within(rewriting, names, () => print(child(body, 0), rewriting));
  const counted = `if ${call(rewriting, '__countCall')} then (${printed}) else null`;
  return `(function(${names.map(([, written]) => written).join(', ')}) ${counted})`;
};

function args(node: SyntaxNode, rewriting: Rewriting): string {
  return childrenOf(node)
    .filter((part) => part.name === 'PositionalParameters' || part.name === 'NamedParameters')
    .flatMap((part) => childrenOf(part))
    .map((part) => {
      if (part.name !== 'NamedParameter') return print(part, rewriting);
      return `${textOf(child(part, 0), rewriting)}: ${print(child(part, 1), rewriting)}`;
    })
    .join(', ');
}

const REGULAR = new Set(['matches', 'replace', 'split']);

function checkPattern(node: SyntaxNode, rewriting: Rewriting): void {
  const parameters = childrenOf(node).find((part) => part.name === 'PositionalParameters');
  const pattern = parameters === undefined ? undefined : childrenOf(parameters)[1];
  if (pattern?.name !== 'StringLiteral') return;
  const { risky } = patternCost(textOf(pattern, rewriting).slice(1, -1).replace(/\\\\/g, '\\'));
  if (risky === undefined) return;
  throw new FeelSyntaxFailure('risky-pattern', `Expected a pattern of bounded cost, but it has ${risky}.`, pattern);
}

const invocation: Print = (node, rewriting) => {
  const callee = child(node, 0);
  const printedArgs = args(childrenOf(node).find((part) => part.name === 'Parameters') ?? node, rewriting);
  if (callee.name === 'SpecialFunctionName' || callee.name === 'DateTimeConstructor') {
    const name = normalName(textOf(callee, rewriting));
    const id = builtinId(name);
    if (id !== undefined) rewriting.used.add(id);
    return `${id ?? name}(${printedArgs})`;
  }
  if (callee.name !== 'VariableName') return `(${print(callee, rewriting)})(${printedArgs})`;
  const name = normalName(textOf(callee, rewriting));
  const local = bound(name, rewriting);
  if (local !== undefined) return `${local}(${printedArgs})`;
  if (rewriting.functions.has(name)) return `${parameterFor(name, rewriting)}(${printedArgs})`;
  if (name === 'now' || name === 'today') {
    rewriting.used.add(NOW);
    return name === 'now' ? NOW : TODAY;
  }
  const id = builtinId(name);
  if (id === undefined) {
    throw new FeelSyntaxFailure('unknown-function', `Expected a known function, but got ${name}().`, callee);
  }
  if (REGULAR.has(name)) checkPattern(node, rewriting);
  rewriting.used.add(id);
  return `${id}(${printedArgs})`;
};

const dateTimeLiteral: Print = (node, rewriting) => {
  const [first] = childrenOf(node);
  return first?.name === 'AtLiteral' ? textOf(first, rewriting) : invocation(node, rewriting);
};

const ifExpression: Print = (node, rewriting) => {
  const [, condition, , positive, , negative] = childrenOf(node);
  if (condition === undefined || positive === undefined || negative === undefined) throw unsupported(node);
  const otherwise = print(negative, rewriting);
  return `(if (${print(condition, rewriting)}) and true then (${print(positive, rewriting)}) else (${otherwise}))`;
};

function iterationSource(node: SyntaxNode, rewriting: Rewriting): string {
  const [from, , to] = childrenOf(node);
  if (from === undefined) throw unsupported(node);
  if (to === undefined) return call(rewriting, '__iterated', print(from, rewriting));
  checkRange(node, from, to, rewriting);
  return call(rewriting, '__iteratedRange', print(from, rewriting), print(to, rewriting));
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
    return within(rewriting, extra, () => finish(clauses.join(', '), print(body, rewriting)));
  } finally {
    rewriting.scopes.length = depth;
  }
}

const forExpression: Print = (node, rewriting) =>
  iteration(node, rewriting, (clauses, body) => `(for ${clauses} return (${body}))`, [['partial', 'partial']]);

const quantified: Print = (node, rewriting) => {
  const quantifier = child(node, 0).name;
  return iteration(node, rewriting, (clauses, body) => `(${quantifier} ${clauses} satisfies ((${body}) and true))`);
};

const instanceOf: Print = (node, rewriting) => {
  const type = childrenOf(node).at(-1);
  if (type === undefined) throw unsupported(node);
  return `((${print(child(node, 0), rewriting)}) instance of ${textOf(type, rewriting)})`;
};

const interval: Print = (node, rewriting) => {
  const [open, from, , to, close] = childrenOf(node);
  if (open === undefined || from === undefined || to === undefined || close === undefined) throw unsupported(node);
  const left = textOf(open, rewriting) === '[' ? '[' : '(';
  const right = textOf(close, rewriting) === ']' ? ']' : ')';
  return `${left}(${print(from, rewriting)})..(${print(to, rewriting)})${right}`;
};

const number: Print = (node, rewriting) => {
  const value = Number(textOf(node, rewriting));
  if (!Number.isFinite(value)) throw unsupported(node);
  return new FeelDecimal(value).toFixed();
};

const verbatim: Print = (node, rewriting) => textOf(node, rewriting);

const PRINTERS: Readonly<Record<string, Print>> = {
  Expression: (node, rewriting) => print(child(node, 0), rewriting),
  ParenthesizedExpression: (node, rewriting) => `(${print(child(node, 1), rewriting)})`,
  ArithmeticExpression: arithmeticExpression,
  Comparison: comparison,
  Conjunction: junction,
  Disjunction: junction,
  PathExpression: path,
  FilterExpression: filter,
  VariableName: variable,
  List: list,
  Context: context,
  FunctionDefinition: functionDefinition,
  FunctionInvocation: invocation,
  DateTimeLiteral: dateTimeLiteral,
  IfExpression: ifExpression,
  ForExpression: forExpression,
  QuantifiedExpression: quantified,
  InstanceOfExpression: instanceOf,
  Interval: interval,
  NumericLiteral: number,
  StringLiteral: verbatim,
  BooleanLiteral: verbatim,
  null: verbatim,
  '?': () => INPUT,
};

/** The rewritten text of a node. Throws `FeelSyntaxFailure` on what Meridian does not run. */
export function print(node: SyntaxNode, rewriting: Rewriting): string {
  const printer = PRINTERS[node.name];
  if (printer === undefined) throw unsupported(node);
  return printer(node, rewriting);
}

function mentionsInput(node: SyntaxNode): boolean {
  return node.name === '?' || childrenOf(node).some(mentionsInput);
}

function unaryTest(test: SyntaxNode, rewriting: Rewriting): string {
  const inner = child(test, 0);
  if (inner.name === 'null') return call(rewriting, '__equal', INPUT, 'null');
  if (mentionsInput(inner)) return `(${print(inner, rewriting)})`;
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
