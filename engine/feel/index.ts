export {
  type Evaluated,
  evaluate,
  evaluateCondition,
  evaluateToFeel,
  evaluateUnaryTest,
  type FeelFailureCode,
  type FeelScope,
} from './evaluate.ts';
export type { FeelEnv, FeelWarning } from './evaluation-run.ts';
export {
  type Parsed,
  type ParsedExpression,
  type ParsedUnaryTests,
  type ParseOptions,
  parseExpression,
  parseUnaryTests,
  variablesOf,
} from './parse.ts';
export type { FeelSyntaxError } from './syntax.ts';
export { toJson } from './to-json.ts';
