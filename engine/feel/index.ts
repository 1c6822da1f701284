export { parseDate, parseDateTime, parseTime } from 'feelin';
export { parseDuration } from './arithmetic.ts';
export { asFunction, feelFunction } from './builtin.ts';
export { callsCalendar } from './calendar/calendar-builtins.ts';
export type { WorkCalendar, WorkingHours } from './calendar/work-calendar.ts';
export { feelEquals } from './comparison.ts';
export {
  type Evaluated,
  evaluate,
  evaluateCondition,
  evaluateToFeel,
  evaluateUnaryTest,
  type FeelFailureCode,
  type FeelScope,
} from './evaluate.ts';
export { type FeelEnv, type FeelWarning, withinRun } from './evaluation-run.ts';
export { type FeelTypeName, feelTypeOf, isContextValue } from './feel-type.ts';
export { type FieldGuess, guessFields } from './guess-fields.ts';
export { amountOf, EvaluationFailure, EvaluationLimitExceeded, MAX_AMOUNT } from './limits.ts';
export { type MembersRead, membersRead, unionOf } from './members-read.ts';
export { isPlainName, normalName } from './names.ts';
export {
  type Parsed,
  type ParsedExpression,
  type ParsedUnaryTests,
  type ParseOptions,
  parseExpression,
  parseUnaryTests,
  variablesOf,
} from './parse.ts';
export { type PatternCost, patternCost } from './pattern-safety.ts';
export type { ComparisonOperator, Predicate, PredicateLiteral, PredicateTerm } from './predicate.ts';
export { predicateOf, predicateOfTests, termOf } from './read-predicate.ts';
export type { FeelSyntaxError } from './syntax.ts';
export { jsonOf } from './to-json.ts';
