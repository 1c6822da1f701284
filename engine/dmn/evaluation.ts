import type { Json, JsonObject } from '../core/json.ts';
import { type Evaluated, evaluateToFeel, evaluateUnaryTest, type FeelEnv } from '../feel/index.ts';
import { type Cell, expressionOf, testsOf } from './cell.ts';
import { coerce } from './coerce.ts';
import type { Knowledge, Logic } from './decision-model.ts';
import type { DmnType } from './dmn-type.ts';
import { DecisionFailure, type DecisionFailureCode } from './failure.ts';

/** What a decision did: which rules answered, on what, with what. Recorded with the case. */
export type DecisionTrace = {
  readonly decisionId: string;
  /** Ids of the rules whose answer was used; empty when the decision is no table or no rule matched. */
  readonly ruleIds: readonly string[];
  readonly inputs: JsonObject;
  readonly outputs: Json;
};

/** Values by normal name. */
export type Scope = Readonly<Record<string, unknown>>;

/** One evaluation: what all its parts need. */
export type Evaluation = {
  readonly decisions: JsonObject;
  /** Business knowledge by name. */
  readonly knowledge: ReadonlyMap<string, Knowledge>;
  readonly env: FeelEnv;
  readonly functions: Scope;
  readonly context: Scope;
  readonly made: Map<string, unknown>;
  readonly trace: DecisionTrace[];
  /** The decision being made. */
  current: string;
  /** Functions being applied, to refuse recursion. */
  readonly applying: Logic[];
  /** What the tables of the decision being made have answered so far. */
  readonly tables: TableTrace[];
};

function unwrapped<T>(result: Evaluated<T>): T {
  if (result.ok) return result.value;
  const code: DecisionFailureCode =
    result.code === 'limit-exceeded' || result.code === 'not-json' ? result.code : 'expression-failed';
  throw new DecisionFailure(code, result.message);
}

/** Evaluates an expression of a decision. */
export function expressionValue(evaluation: Evaluation, cell: Cell, scope: Scope): unknown {
  return unwrapped(evaluateToFeel(expressionOf(cell), scope, evaluation.env));
}

/** Whether an input passes a cell. */
export function passes(evaluation: Evaluation, cell: Cell, input: unknown, scope: Scope): boolean {
  return unwrapped(evaluateUnaryTest(testsOf(cell), input, scope, evaluation.env));
}

/** What a table answered, with the rules that did. */
export type TableTrace = {
  readonly value: unknown;
  readonly ruleIds: readonly string[];
  readonly inputs: Readonly<Record<string, unknown>>;
};

/** Brings a value to its declared type; what is not among the values allowed is none of it. */
export function typed(evaluation: Evaluation, value: unknown, type: DmnType, place: string): unknown {
  const result = coerce(value, type, place, (allowed, one) => passes(evaluation, allowed, one, {}));
  if (!result.ok) throw new DecisionFailure('wrong-type', result.message);
  return result.value;
}
