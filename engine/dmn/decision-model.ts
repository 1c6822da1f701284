import type { JsonObject } from '../core/json.ts';
import type { Cell } from './cell.ts';
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
  /** What its author says of it. */
  readonly description?: string;
  readonly expression: Cell;
  readonly type: DmnType;
  /** Input values the author says there are, as unary tests (DMN 1.5 §8.3.3). */
  readonly allowed?: Cell;
};

/** A column that answers. */
export type TableOutput = {
  readonly name?: string;
  readonly type: DmnType;
  readonly defaultEntry?: Cell;
  /** Output values in order of priority, as expressions; empty when none are declared. */
  readonly priorities: readonly Cell[];
};

/** A row. A null test is `-`. */
export type TableRule = {
  readonly id: string;
  readonly tests: readonly (Cell | null)[];
  readonly entries: readonly Cell[];
  /** What its author notes beside it: its annotations, or its description. */
  readonly note?: string;
};

/** A decision table. */
export type DecisionTable = {
  readonly kind: 'table';
  readonly hitPolicy: HitPolicy;
  readonly aggregation?: Aggregation;
  readonly inputs: readonly TableInput[];
  readonly outputs: readonly TableOutput[];
  readonly rules: readonly TableRule[];
};

/** What a decision or a piece of business knowledge computes. */
export type Logic =
  | DecisionTable
  | { readonly kind: 'literal'; readonly expression: Cell; readonly type: DmnType }
  | { readonly kind: 'context'; readonly entries: readonly ContextEntry[] }
  | { readonly kind: 'list'; readonly items: readonly Logic[] }
  | { readonly kind: 'relation'; readonly columns: readonly TypedName[]; readonly rows: readonly (readonly Logic[])[] }
  | { readonly kind: 'invocation'; readonly knowledge: string; readonly bindings: readonly Binding[] }
  | BoxedFunction
  | { readonly kind: 'conditional'; readonly condition: Logic; readonly positive: Logic; readonly negative: Logic }
  | { readonly kind: 'filter'; readonly in: Logic; readonly match: Logic }
  | (EachOf & {
      readonly kind: 'for';
      /** Whether what is returned may read what was returned before, under the name `partial`. */
      readonly readsPartial: boolean;
    })
  | (EachOf & { readonly kind: 'some' | 'every' });

type EachOf = {
  readonly variable: string;
  readonly in: Logic;
  /** What is returned for each element, or holds of it. */
  readonly each: Logic;
};

/** A function without a name of its own: what holds it names it. */
export type BoxedFunction = {
  readonly kind: 'function';
  readonly parameters: readonly TypedName[];
  readonly logic: Logic;
};

/** An entry of a boxed context; without a name it is the context's result. */
export type ContextEntry = { readonly name?: string; readonly type: DmnType; readonly logic: Logic };

/** An argument of a boxed invocation. */
export type Binding = { readonly name: string; readonly logic: Logic };

/** Logic that decisions share: a function by name. */
export type Knowledge = {
  readonly id: string;
  readonly name: string;
  readonly parameters: readonly TypedName[];
  readonly logic: Logic;
};

/** A decision with what it needs. Plain JSON, as everything in it. */
export type Decision = {
  readonly kind: 'dmn-decision';
  readonly id: string;
  readonly name: string;
  /** What its author says of it. */
  readonly description?: string;
  /** Name its result has for decisions that need it. */
  readonly variable: TypedName;
  readonly inputs: readonly TypedName[];
  /** Ids of required decisions. */
  readonly requires: readonly string[];
  /** Business knowledge it may call, itself or through other knowledge. */
  readonly knowledge: readonly Knowledge[];
  readonly logic: Logic;
};

/** All decisions of a package as plain JSON: each a `Decision` under its id. */
export type CompiledDecisions = JsonObject;

/**
 * The decision of that id in a compiled definition, where decisions stand as plain JSON. Only the mark is looked at:
 * nothing but `compileDecisions` writes it.
 */
export function decisionIn(decisions: CompiledDecisions, id: string): Decision | undefined {
  const found: unknown = Object.hasOwn(decisions, id) ? decisions[id] : undefined;
  return isDecision(found) ? found : undefined;
}

function isDecision(value: unknown): value is Decision {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'dmn-decision';
}
