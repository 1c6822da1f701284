import type { ParsedExpression, ParsedUnaryTests } from '../feel/index.ts';
import type { DmnType } from './dmn-type.ts';

/** A name with its declared type. */
export type TypedName = { readonly name: string; readonly type: DmnType };

/** How the matching rules of a table become its result (DMN 1.5 §8.2.10). */
export type HitPolicy = 'UNIQUE' | 'FIRST' | 'PRIORITY' | 'ANY' | 'COLLECT' | 'RULE ORDER' | 'OUTPUT ORDER';

/** Aggregators of `COLLECT`. */
export type Aggregation = 'SUM' | 'COUNT' | 'MIN' | 'MAX';

/** A column that asks. */
export type TableInput = {
  /** What the trace calls it: its label, or its expression. */
  readonly label: string;
  readonly expression: ParsedExpression;
  readonly type: DmnType;
};

/** A column that answers. */
export type TableOutput = {
  readonly name: string | undefined;
  readonly type: DmnType;
  readonly defaultEntry: ParsedExpression | undefined;
  /** Output values in order of priority, as expressions; empty when none are declared. */
  readonly priorities: readonly ParsedExpression[];
};

/** A row. An absent test is `-`. */
export type TableRule = {
  readonly id: string;
  readonly tests: readonly (ParsedUnaryTests | undefined)[];
  readonly entries: readonly ParsedExpression[];
};

/** A decision table. */
export type DecisionTable = {
  readonly kind: 'table';
  readonly hitPolicy: HitPolicy;
  readonly aggregation: Aggregation | undefined;
  readonly inputs: readonly TableInput[];
  readonly outputs: readonly TableOutput[];
  readonly rules: readonly TableRule[];
};

/** What a decision or a piece of business knowledge computes. */
export type Logic =
  | DecisionTable
  | { readonly kind: 'literal'; readonly expression: ParsedExpression; readonly type: DmnType }
  | { readonly kind: 'context'; readonly entries: readonly ContextEntry[] }
  | { readonly kind: 'list'; readonly items: readonly Logic[] }
  | { readonly kind: 'invocation'; readonly knowledge: string; readonly bindings: readonly Binding[] };

/** An entry of a boxed context; without a name it is the context's result. */
export type ContextEntry = { readonly name: string | undefined; readonly type: DmnType; readonly logic: Logic };

/** An argument of a boxed invocation. */
export type Binding = { readonly name: string; readonly logic: Logic };

/** Logic that decisions share: a function by name. */
export type Knowledge = {
  readonly id: string;
  readonly name: string;
  readonly parameters: readonly TypedName[];
  readonly logic: Logic;
};

/** A decision with what it needs. */
export type Decision = {
  readonly id: string;
  readonly name: string;
  /** Name its result has for decisions that need it. */
  readonly variable: TypedName;
  readonly inputs: readonly TypedName[];
  /** Ids of required decisions. */
  readonly requires: readonly string[];
  readonly logic: Logic;
};

/** All decisions of a package, ready to be evaluated. */
export type CompiledDecisions = {
  readonly decisions: ReadonlyMap<string, Decision>;
  /** By name. */
  readonly knowledge: ReadonlyMap<string, Knowledge>;
};
