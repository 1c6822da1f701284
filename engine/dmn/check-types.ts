import { type Predicate, type PredicateLiteral, predicateOf, predicateOfTests, termOf } from '../feel/index.ts';
import type { DecisionTable } from './decision-model.ts';
import type { BasicType, DmnType } from './dmn-type.ts';
import { compileTests, type LogicCompiler, reportError, reportWarning } from './logic-compiler.ts';
import { elementAt, elementsAt, type ModdleElement, textAt } from './moddle-element.ts';

/** What kind of literal a type is written with. Temporals may be written as text where a value is given, since JSON has no dates. */
const LITERALS: Readonly<Partial<Record<BasicType, PredicateLiteral['type']>>> = {
  string: 'text',
  number: 'number',
  boolean: 'boolean',
  date: 'temporal',
  time: 'temporal',
  'date and time': 'temporal',
  duration: 'temporal',
};

/** The tests of allowed values must be readable, and ask for what the type can be. */
export function checkItems(compiler: LogicCompiler, items: Iterable<ModdleElement>, above = ''): void {
  for (const item of items) {
    const name = [above, textAt(item, 'name') ?? ''].filter((part) => part !== '').join('.');
    const values = textAt(elementAt(item, 'allowedValues'), 'text');
    const tests = values && compileTests(compiler, values, [], `allowed values of ${name}`, name);
    const written = tests ? literalsOf(readTests(values)) : [];
    const expected = literalOfType(textAt(item, 'typeRef'));
    const strange = written.find(({ type }) => expected !== undefined && type !== expected && type !== 'null');
    if (strange) {
      const message = `Expected values of ${name} to be ${expected}, but one is ${strange.type}`;
      reportError(compiler, 'dmn-type-mismatch', message, name);
    }
    checkItems(compiler, elementsAt(item, 'itemComponent'), name);
  }
}

function literalOfType(typeRef: string | undefined): PredicateLiteral['type'] | undefined {
  return typeRef === 'string' ? 'text' : typeRef === 'number' || typeRef === 'boolean' ? typeRef : undefined;
}

/**
 * Holds what is written out in a table against the types of its columns: an answer of another type, or one that is not allowed, would fail
 * each time its rule fires; a test of another type never holds.
 */
export function checkTableTypes(compiler: LogicCompiler, { inputs, outputs, rules }: DecisionTable): void {
  rules.forEach((rule, row) => {
    inputs.forEach(({ type }, column) => {
      const wanted = literalFor(type);
      const tests = rule.tests[column];
      const strange = literalsOf(tests ? readTests(tests.feel) : undefined).find(
        (literal) => wanted !== undefined && literal.type !== wanted && literal.type !== 'null',
      );
      if (strange) {
        const place = `rule ${row + 1}, input ${column + 1}`;
        const message = `Expected ${place} to ask for ${wanted}, but it asks for ${strange.type} and never holds`;
        reportWarning(compiler, 'dmn-type-mismatch', message, rule.id);
      }
    });
    outputs.forEach(({ type }, column) => {
      const entry = rule.entries[column];
      const literal = entry && literalIn(entry.feel);
      if (literal) checkAnswer(compiler, literal, type, `rule ${row + 1}, output ${column + 1}`, rule.id);
    });
  });
}

function checkAnswer(
  compiler: LogicCompiler,
  literal: PredicateLiteral,
  type: DmnType,
  place: string,
  ruleId: string,
): void {
  if (literal.type === 'null') return;
  const wanted = literalFor(type);
  const fits = literal.type === wanted || (wanted === 'temporal' && literal.type === 'text');
  if (wanted !== undefined && !fits)
    reportError(compiler, 'dmn-type-mismatch', `Expected ${place} to be ${wanted}, but it is ${literal.type}`, ruleId);
  else if (type.kind === 'constrained' && holds(readTests(type.allowed.feel), literal) === false)
    reportError(compiler, 'dmn-value-not-allowed', `Expected ${place} to be an allowed value, but it is none`, ruleId);
}

function literalFor(type: DmnType): PredicateLiteral['type'] | undefined {
  if (type.kind === 'constrained') return literalFor(type.of);
  return type.kind === 'basic' ? LITERALS[type.type] : undefined;
}

function readTests(tests: string): Predicate | undefined {
  const input = termOf('input');
  return input && predicateOfTests(tests, input);
}

function literalIn(feel: string): PredicateLiteral | undefined {
  const same = predicateOf(`input = ${feel}`);
  return same?.kind === 'compare' && same.term.text === 'input' ? same.literal : undefined;
}

/** Every literal the input itself is compared with. */
function literalsOf(predicate: Predicate | undefined): readonly PredicateLiteral[] {
  if (predicate === undefined || predicate.kind === 'constant') return [];
  if (predicate.kind === 'compare') return predicate.term.text === 'input' ? [predicate.literal] : [];
  return (predicate.kind === 'not' ? [predicate.of] : predicate.of).flatMap(literalsOf);
}

/** Whether a literal passes tests; undefined where that is not known without data. */
function holds(predicate: Predicate | undefined, literal: PredicateLiteral): boolean | undefined {
  switch (predicate?.kind) {
    case 'constant':
      return predicate.value;
    case 'not': {
      const inner = holds(predicate.of, literal);
      return inner === undefined ? undefined : !inner;
    }
    case 'and':
    case 'or': {
      const decisive = predicate.kind === 'or';
      const parts = predicate.of.map((part) => holds(part, literal));
      if (parts.includes(decisive)) return decisive;
      return parts.includes(undefined) ? undefined : !decisive;
    }
    case 'compare':
      return predicate.term.text === 'input' ? compares(predicate, literal) : undefined;
    default:
      return undefined;
  }
}

function compares(
  { operator, literal: other }: Extract<Predicate, { kind: 'compare' }>,
  literal: PredicateLiteral,
): boolean | undefined {
  if (literal.type === 'number' && other.type === 'number') return ordered(literal.value, other.value)[operator];
  if (literal.type !== other.type || literal.type === 'temporal' || literal.type === 'null' || other.type === 'null')
    return undefined;
  if (operator === '=') return literal.value === other.value;
  return operator === '!=' ? literal.value !== other.value : undefined;
}

function ordered(one: number, other: number) {
  return {
    ...{ '=': one === other, '!=': one !== other },
    ...{ '<': one < other, '<=': one <= other, '>': one > other, '>=': one >= other },
  };
}
