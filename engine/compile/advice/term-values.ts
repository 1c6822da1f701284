import type { ComparisonOperator, Predicate, PredicateLiteral, PredicateTerm } from '../../feel/index.ts';

/**
 * A value of a term, or a set of values that every condition treats alike: one that is written out somewhere, all between two neighbours, or
 * any other. Looking at one of each set is looking at all values there are.
 */
export type TermValue =
  | { readonly kind: 'exactly'; readonly literal: PredicateLiteral }
  | { readonly kind: 'between'; readonly low?: Ordered; readonly high?: Ordered }
  | { readonly kind: 'other' };

/** A literal that has neighbours. */
export type Ordered = Extract<PredicateLiteral, { type: 'number' | 'temporal' }>;

/** What forms and decisions tell of a variable. */
export type KnownValues = {
  /** All values it can have. */
  readonly choices?: readonly PredicateLiteral[];
  readonly whole?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
};

/** One value, or set of values, of each kind that the literals tell apart. */
export function valuesOf(
  term: PredicateTerm,
  literals: readonly PredicateLiteral[],
  known: KnownValues = {},
): readonly TermValue[] {
  const asked = distinct(literals);
  const nothing = asked.filter(({ type }) => type === 'null').map(exactly);
  if (known.choices) return [...known.choices.map(exactly), ...nothing];
  const ordered = asked.filter(isOrdered);
  const texts = asked.filter(({ type }) => type === 'text');
  const values = [
    ...(asked.some(({ type }) => type === 'boolean') ? [true, false].map(truth) : []),
    ...(ordered.length > 0 ? scaleOf(ordered, term.counts ? { whole: true, minimum: 0, ...known } : known) : []),
    ...texts.map(exactly),
    ...(texts.length > 0 ? [other] : []),
  ];
  return [...(values.length > 0 ? values : [other]), ...nothing];
}

const other: TermValue = { kind: 'other' };

function exactly(literal: PredicateLiteral): TermValue {
  return { kind: 'exactly', literal };
}

function truth(value: boolean): TermValue {
  return exactly({ type: 'boolean', value });
}

function isOrdered(literal: PredicateLiteral): literal is Ordered {
  return literal.type === 'number' || literal.type === 'temporal';
}

function distinct(literals: readonly PredicateLiteral[]): readonly PredicateLiteral[] {
  return [...new Map(literals.map((literal) => [JSON.stringify(literal), literal])).values()];
}

function scaleOf(literals: readonly Ordered[], known: KnownValues): readonly TermValue[] {
  const sorted = literals
    .filter((one) => one.type !== 'number' || isWithin(one.value, known))
    .sort((a, b) => orderOf(a, b));
  const gaps = [undefined, ...sorted].map((low, index): TermValue => ({ kind: 'between', low, high: sorted[index] }));
  return [...sorted.map(exactly), ...gaps.filter((gap) => gap.kind === 'between' && isInhabited(gap, known))];
}

function isWithin(value: number, { minimum, maximum }: KnownValues): boolean {
  return (minimum === undefined || value >= minimum) && (maximum === undefined || value <= maximum);
}

function isInhabited(gap: { readonly low?: Ordered; readonly high?: Ordered }, known: KnownValues): boolean {
  const low = gap.low?.type === 'number' ? gap.low.value : undefined;
  const high = gap.high?.type === 'number' ? gap.high.value : undefined;
  if (low !== undefined && high !== undefined) return !known.whole || high - low > 1;
  if (high !== undefined && known.minimum !== undefined) return known.minimum < high;
  if (low !== undefined && known.maximum !== undefined) return known.maximum > low;
  return true;
}

function orderOf(a: Ordered, b: Ordered): number {
  return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
}

/** Whether the comparison holds for the value; undefined where FEEL gives null. */
export function compares(
  value: TermValue,
  operator: ComparisonOperator,
  literal: PredicateLiteral,
): boolean | undefined {
  if (operator === '=' || operator === '!=') {
    const same = value.kind === 'exactly' && JSON.stringify(value.literal) === JSON.stringify(literal);
    return same === (operator === '=');
  }
  const sign = signOf(value, literal);
  if (sign === undefined) return undefined;
  return operator === '<' ? sign < 0 : operator === '<=' ? sign <= 0 : operator === '>' ? sign > 0 : sign >= 0;
}

/** Below, equal to or above the literal. */
function signOf(value: TermValue, literal: PredicateLiteral): number | undefined {
  if (!isOrdered(literal) || value.kind === 'other') return undefined;
  if (value.kind === 'exactly') {
    return isOrdered(value.literal) && value.literal.type === literal.type
      ? orderOf(value.literal, literal)
      : undefined;
  }
  if (value.low && orderOf(literal, value.low) <= 0) return 1;
  return value.high && orderOf(literal, value.high) >= 0 ? -1 : undefined;
}

/** Whether a condition holds under an assignment of values to terms; undefined where that is not known. Three-valued as in FEEL. */
export function judge(predicate: Predicate, assigned: ReadonlyMap<string, TermValue>): boolean | undefined {
  switch (predicate.kind) {
    case 'constant':
      return predicate.value;
    case 'not': {
      const inner = judge(predicate.of, assigned);
      return inner === undefined ? undefined : !inner;
    }
    case 'and':
    case 'or': {
      const decisive = predicate.kind === 'or';
      const parts = predicate.of.map((part) => judge(part, assigned));
      if (parts.includes(decisive)) return decisive;
      return parts.includes(undefined) ? undefined : !decisive;
    }
    case 'compare': {
      const value = assigned.get(predicate.term.text);
      return value && compares(value, predicate.operator, predicate.literal);
    }
  }
}

/** Every comparison of a condition. */
export function comparisonsOf(predicate: Predicate): readonly Extract<Predicate, { kind: 'compare' }>[] {
  if (predicate.kind === 'compare') return [predicate];
  if (predicate.kind === 'constant') return [];
  return predicate.kind === 'not' ? comparisonsOf(predicate.of) : predicate.of.flatMap(comparisonsOf);
}

/** A value as a reader of any language understands it: `amount = 100`, `3 < amount < 5`, `status ∉ {"a", "b"}`. */
export function showValue(term: string, value: TermValue, literals: readonly PredicateLiteral[]): string {
  if (value.kind === 'exactly') return `${term} = ${showLiteral(value.literal)}`;
  if (value.kind === 'other') {
    const texts = distinct(literals).filter(({ type }) => type === 'text' || type === 'null');
    return `${term} ∉ {${texts.map(showLiteral).join(', ')}}`;
  }
  const { low, high } = value;
  if (low && high) return `${showLiteral(low)} < ${term} < ${showLiteral(high)}`;
  return low ? `${term} > ${showLiteral(low)}` : high ? `${term} < ${showLiteral(high)}` : term;
}

function showLiteral(literal: PredicateLiteral): string {
  if (literal.type === 'null') return 'null';
  return literal.type === 'text' ? JSON.stringify(literal.value) : String(literal.value);
}

/** Whether the terms can have their values independently: no two read the same variable, but for paths, which are variables of their own. */
export function areIndependent(terms: readonly PredicateTerm[]): boolean {
  const readers = new Map<string, PredicateTerm[]>();
  for (const term of terms)
    for (const variable of term.variables) readers.set(variable, [...(readers.get(variable) ?? []), term]);
  return [...readers.values()].every((group) => group.length < 2 || group.every(({ isPath }) => isPath));
}
