import type { KernelName } from './kernel.ts';
import { isWritableName } from './names.ts';
import { childrenOf, FeelSyntaxFailure, type SyntaxNode } from './syntax.ts';

/** Writes a node as rewritten text. Thrown on what Meridian does not run: `FeelSyntaxFailure`. */
export type Print = (node: SyntaxNode, rewriting: Rewriting) => string;

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
  /** Writes a node of any kind; the printers of single kinds call each other through it. */
  readonly print: Print;
};

/** Source text of a node. */
export function textOf(node: SyntaxNode, { source }: Rewriting): string {
  return source.slice(node.from, node.to);
}

/** A call of a kernel function, noted as used. */
export function call(rewriting: Rewriting, name: KernelName, ...args: readonly string[]): string {
  rewriting.used.add(name);
  return `${name}(${args.join(', ')})`;
}

/** A child that must be there. */
export function child(node: SyntaxNode, index: number): SyntaxNode {
  const found = childrenOf(node)[index];
  if (found === undefined) throw unsupported(node);
  return found;
}

/** The failure for a construct Meridian does not run. */
export function unsupported(node: SyntaxNode): FeelSyntaxFailure {
  return new FeelSyntaxFailure('unsupported', `Expected a supported expression, but got ${node.name}.`, node);
}

/** What a name bound inside the expression is written as; undefined for a free name. */
export function bound(name: string, { scopes }: Rewriting): string | undefined {
  for (let index = scopes.length - 1; index >= 0; index -= 1) {
    const found = scopes[index]?.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Writes `work` with more names bound. */
export function within<T>(rewriting: Rewriting, names: Iterable<readonly [string, string]>, work: () => T): T {
  rewriting.scopes.push(new Map(names));
  try {
    return work();
  } finally {
    rewriting.scopes.pop();
  }
}

/** The parameter that carries a free variable. */
export function parameterFor(name: string, { parameters }: Rewriting): string {
  const known = parameters.get(name);
  if (known !== undefined) return known;
  const parameter = isWritableName(name) ? name : `__name${parameters.size}`;
  parameters.set(name, parameter);
  return parameter;
}

/** What an iteration variable or parameter is written as. */
export function localName(name: string, index: number): readonly [string, string] {
  return [name, isWritableName(name) ? name : `__local${index}`];
}
