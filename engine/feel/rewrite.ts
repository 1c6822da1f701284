import { FeelDecimal } from './arithmetic.ts';
import { INPUT } from './kernel.ts';
import { isPlainName, isReserved, normalName } from './names.ts';
import { dateTimeLiteral, functionDefinition, invocation } from './rewrite-calls.ts';
import { forExpression, quantified } from './rewrite-iteration.ts';
import { arithmeticExpression } from './rewrite-operators.ts';
import { comparison, filter } from './rewrite-tests.ts';
import {
  bound,
  call,
  child,
  type Print,
  parameterFor,
  type Rewriting,
  textOf,
  unsupported,
  within,
} from './rewriting.ts';
import { childrenOf, FeelSyntaxFailure, type SyntaxNode } from './syntax.ts';

function variable(node: SyntaxNode, rewriting: Rewriting): string {
  const written = textOf(node, rewriting);
  const name = normalName(written);
  if (isReserved(name) && !written.startsWith('`'))
    throw new FeelSyntaxFailure('syntax', `Expected a name, but ${name} is a word of the language.`, node);
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

const junction: Print = (node, rewriting) =>
  `(${rewriting.print(child(node, 0), rewriting)} ${child(node, 1).name} ${rewriting.print(child(node, 2), rewriting)})`;

function quotedName(name: string): string {
  return `\`${name}\``;
}

const path: Print = (node, rewriting) => {
  const target = child(node, 0);
  const name = normalName(textOf(child(node, 2), rewriting));
  const printed = rewriting.print(target, rewriting);
  return call(rewriting, '__member', printed, JSON.stringify(name));
};

const list: Print = (node, rewriting) => {
  const items = childrenOf(node).slice(1, -1);
  return `[${items.map((item) => rewriting.print(item, rewriting)).join(', ')}]`;
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
      const value = rewriting.print(child(entry, 1), rewriting);
      scope?.set(key, quotedName(key));
      return `${JSON.stringify(key)}: ${value}`;
    });
    return `{${printed.join(', ')}}`;
  });
};

const ifExpression: Print = (node, rewriting) => {
  const [, condition, , positive, , negative] = childrenOf(node);
  if (condition === undefined || positive === undefined || negative === undefined) throw unsupported(node);
  const otherwise = rewriting.print(negative, rewriting);
  return `(if (${rewriting.print(condition, rewriting)}) and true then (${rewriting.print(positive, rewriting)}) else (${otherwise}))`;
};

const instanceOf: Print = (node, rewriting) => {
  const type = childrenOf(node).at(-1);
  if (type === undefined) throw unsupported(node);
  return `((${rewriting.print(child(node, 0), rewriting)}) instance of ${textOf(type, rewriting)})`;
};

const interval: Print = (node, rewriting) => {
  const [open, from, , to, close] = childrenOf(node);
  if (open === undefined || from === undefined || to === undefined || close === undefined) throw unsupported(node);
  const left = textOf(open, rewriting) === '[' ? '[' : '(';
  const right = textOf(close, rewriting) === ']' ? ']' : ')';
  return `${left}(${rewriting.print(from, rewriting)})..(${rewriting.print(to, rewriting)})${right}`;
};

const number: Print = (node, rewriting) => {
  const value = Number(textOf(node, rewriting));
  if (!Number.isFinite(value)) throw unsupported(node);
  return new FeelDecimal(value).toFixed();
};

const verbatim: Print = (node, rewriting) => textOf(node, rewriting);

const PRINTERS: Readonly<Record<string, Print>> = {
  Expression: (node, rewriting) => rewriting.print(child(node, 0), rewriting),
  ParenthesizedExpression: (node, rewriting) => `(${rewriting.print(child(node, 1), rewriting)})`,
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
