/** A value written out in an expression. Dates, times and durations are known by their text alone. */
export type PredicateLiteral =
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'text' | 'temporal'; readonly value: string }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'null' };

/** How a term is compared with a literal. */
export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** What is asked about: a variable, a path, or any expression that is looked at as a whole. */
export type PredicateTerm = {
  /** Source of the term, white space made one space. The same text is the same term. */
  readonly text: string;
  /** Variables it reads: terms that share one may depend on each other. */
  readonly variables: readonly string[];
  /** Whether it is a variable or a path, whose values are known from forms and decisions. */
  readonly isPath: boolean;
  /** Whether it counts something: whole and never below 0. */
  readonly counts: boolean;
};

/** What a condition or a test says, as far as it can be known without data. */
export type Predicate =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'not'; readonly of: Predicate }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Predicate[] }
  | {
      readonly kind: 'compare';
      readonly term: PredicateTerm;
      readonly operator: ComparisonOperator;
      readonly literal: PredicateLiteral;
    };
