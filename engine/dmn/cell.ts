import {
  type Parsed,
  type ParsedExpression,
  type ParsedUnaryTests,
  parseExpression,
  parseUnaryTests,
} from '../feel/index.ts';
import { DecisionFailure } from './failure.ts';

/** An expression or tests of a decision as plain JSON: the text, and the declared names needed to read it. */
export type Cell = {
  readonly feel: string;
  /** Names with spaces or signs. */
  readonly names?: readonly string[];
  /** Business knowledge the text may call. */
  readonly functions?: readonly string[];
};

/** Cells are parsed once and forgotten with their definition. */
const expressions = new WeakMap<Cell, ParsedExpression>();
const tests = new WeakMap<Cell, ParsedUnaryTests>();

function cached<T extends object>(cell: Cell, cache: WeakMap<Cell, T>, parse: () => Parsed<T>): T {
  const known = cache.get(cell);
  if (known !== undefined) return known;
  const parsed = parse();
  if (!parsed.ok) throw new DecisionFailure('expression-failed', parsed.error.message);
  cache.set(cell, parsed.expression);
  return parsed.expression;
}

/** The cell as an expression. Thrown when it is none, which compiling excludes: `DecisionFailure`. */
export function expressionOf(cell: Cell): ParsedExpression {
  return cached(cell, expressions, () => parseExpression(cell.feel, cell));
}

/** The cell as unary tests. Thrown when it is none, which compiling excludes: `DecisionFailure`. */
export function testsOf(cell: Cell): ParsedUnaryTests {
  return cached(cell, tests, () => parseUnaryTests(cell.feel, cell));
}
