import { builtinId, NOW, TODAY } from './kernel.ts';
import { normalName } from './names.ts';
import { patternCost } from './pattern-safety.ts';
import {
  bound,
  call,
  child,
  localName,
  type Print,
  parameterFor,
  type Rewriting,
  textOf,
  unsupported,
  within,
} from './rewriting.ts';
import { childrenOf, FeelSyntaxFailure, type SyntaxNode } from './syntax.ts';

/** A function written in FEEL; its calls are counted. */
export const functionDefinition: Print = (node, rewriting) => {
  const parts = childrenOf(node);
  const body = parts.find((part) => part.name === 'FunctionBody');
  if (body === undefined || parts.some((part) => part.name === 'external')) throw unsupported(node);
  const formal = parts.find((part) => part.name === 'FormalParameters');
  const names = (formal === undefined ? [] : childrenOf(formal)).map((parameter, index) =>
    localName(normalName(textOf(child(parameter, 0), rewriting)), index),
  );
  const printed = within(rewriting, names, () => rewriting.print(child(body, 0), rewriting));
  const counted = `if ${call(rewriting, '__countCall')} then (${printed}) else null`;
  return `(function(${names.map(([, written]) => written).join(', ')}) ${counted})`;
};

function args(node: SyntaxNode, rewriting: Rewriting): string {
  return childrenOf(node)
    .filter((part) => part.name === 'PositionalParameters' || part.name === 'NamedParameters')
    .flatMap((part) => childrenOf(part))
    .map((part) => {
      if (part.name !== 'NamedParameter') return rewriting.print(part, rewriting);
      return `${textOf(child(part, 0), rewriting)}: ${rewriting.print(child(part, 1), rewriting)}`;
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

/** The name a path begins with; nothing for anything else. */
function ownerOf(callee: SyntaxNode): SyntaxNode | undefined {
  let part = callee;
  while (part.name === 'PathExpression') part = child(part, 0);
  return part !== callee && part.name === 'VariableName' ? part : undefined;
}

/** Whether a name is a variable from outside: those are data and hold no functions. */
function isData(name: string, rewriting: Rewriting): boolean {
  return bound(name, rewriting) === undefined && !rewriting.functions.has(name);
}

/** A call of a builtin, of business knowledge or of a function bound inside. */
export const invocation: Print = (node, rewriting) => {
  const callee = child(node, 0);
  const printedArgs = args(childrenOf(node).find((part) => part.name === 'Parameters') ?? node, rewriting);
  if (callee.name === 'SpecialFunctionName' || callee.name === 'DateTimeConstructor') {
    const name = normalName(textOf(callee, rewriting));
    const id = builtinId(name);
    if (id !== undefined) rewriting.used.add(id);
    return `${id ?? name}(${printedArgs})`;
  }
  const owner = ownerOf(callee);
  if (owner && isData(normalName(textOf(owner, rewriting)), rewriting)) {
    const called = textOf(callee, rewriting);
    throw new FeelSyntaxFailure('unknown-function', `Expected a known function, but got ${called}().`, callee);
  }
  if (callee.name !== 'VariableName') return `(${rewriting.print(callee, rewriting)})(${printedArgs})`;
  const name = normalName(textOf(callee, rewriting));
  const local = bound(name, rewriting);
  if (local !== undefined) return `${local}(${printedArgs})`;
  if (rewriting.functions.has(name)) return `${parameterFor(name, rewriting)}(${printedArgs})`;
  if (name === 'now' || name === 'today') {
    const clock = name === 'now' ? NOW : TODAY;
    rewriting.used.add(clock);
    return clock;
  }
  const id = builtinId(name);
  if (id === undefined) {
    throw new FeelSyntaxFailure('unknown-function', `Expected a known function, but got ${name}().`, callee);
  }
  if (REGULAR.has(name)) checkPattern(node, rewriting);
  rewriting.used.add(id);
  return `${id}(${printedArgs})`;
};

/** `date(…)`, `@"…"` and their like. */
export const dateTimeLiteral: Print = (node, rewriting) => {
  const [first] = childrenOf(node);
  return first?.name === 'AtLiteral' ? textOf(first, rewriting) : invocation(node, rewriting);
};
