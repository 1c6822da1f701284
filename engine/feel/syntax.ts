import { parseUnaryTests as parseTestsTree, parseExpression as parseTree } from 'feelin';
import { NAMES_FOR_PARSER } from './builtins.ts';
import { MAX_DEPTH, MAX_SOURCE_LENGTH } from './limits.ts';

/** Backticks around names are understood, as the common desktop modeler writes them. */
export const DIALECT = 'camunda';

/** A node of feelin's parse tree. */
export type SyntaxNode = ReturnType<typeof parseTree>['topNode'];

/** Why a source is no expression Meridian runs. `from` and `to` are offsets in the source as given. */
export type FeelSyntaxError = {
  readonly code:
    | 'too-long'
    | 'too-deep'
    | 'syntax'
    | 'unknown-function'
    | 'unsupported'
    | 'range-too-large'
    | 'risky-pattern';
  readonly message: string;
  readonly from: number;
  readonly to: number;
};

/** Thrown while parsing; `parseExpression` turns it into a value. Never leaves this folder. */
export class FeelSyntaxFailure extends Error {
  readonly error: FeelSyntaxError;
  constructor(code: FeelSyntaxError['code'], message: string, node: { readonly from: number; readonly to: number }) {
    super(message);
    this.error = { code, message, from: node.from, to: node.to };
  }
}

/** Children that mean something: comments are left out. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (!child.type.isSkipped && !child.name.endsWith('Comment')) children.push(child);
  }
  return children;
}

const CHAINS = new Set(['ArithmeticExpression', 'Conjunction', 'Disjunction', 'PathExpression']);
const LEAVES = new Set(['Identifier', 'Name', 'VariableName', 'PathName', 'Key', 'PositionalParameters', 'Expression']);

/** Refuses syntax errors and nesting beyond `MAX_DEPTH`. Walks without recursion, so any source is safe to give. */
function checkTree(top: SyntaxNode, source: string): void {
  const depths: number[] = [];
  top.cursor().iterate(
    (node) => {
      if (node.type.isError) {
        const place = node.from === node.to ? { from: node.from, to: Math.min(node.to + 1, source.length) } : node;
        const found = node.from >= source.trimEnd().length ? 'it ends' : 'something else stands';
        throw new FeelSyntaxFailure(
          'syntax',
          `Expected a FEEL expression, but ${found} at character ${node.from + 1}.`,
          place,
        );
      }
      const depth = depths.at(-1) ?? 0;
      const { parent } = node.node;
      // Only what stands on the left of its own kind: `a or b or c`, but not `- - - a`.
      const inChain = CHAINS.has(node.name) && parent?.name === node.name && parent.from === node.from;
      const next = inChain || LEAVES.has(node.name) ? depth : depth + 1;
      if (next > MAX_DEPTH) {
        throw new FeelSyntaxFailure('too-deep', `Expected nesting of at most ${MAX_DEPTH}, but it is deeper.`, node);
      }
      depths.push(next);
    },
    () => {
      depths.pop();
    },
  );
}

/** The checked parse tree of an expression or of unary tests. `names` are declared names with spaces or signs. */
export function checkedTree(source: string, kind: 'expression' | 'unary-tests', names: readonly string[]): SyntaxNode {
  if (source.length > MAX_SOURCE_LENGTH) {
    const message = `Expected at most ${MAX_SOURCE_LENGTH} characters, but the expression has ${source.length}.`;
    throw new FeelSyntaxFailure('too-long', message, { from: MAX_SOURCE_LENGTH, to: source.length });
  }
  if (source.trim() === '') {
    throw new FeelSyntaxFailure('syntax', 'Expected a FEEL expression, but the text is empty.', {
      from: 0,
      to: source.length,
    });
  }
  const context = { ...NAMES_FOR_PARSER, ...Object.fromEntries(names.map((name) => [name, null])) };
  const parse = kind === 'expression' ? parseTree : parseTestsTree;
  const top = parse(source, context, DIALECT).topNode;
  checkTree(top, source);
  return top;
}
