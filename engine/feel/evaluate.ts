import type { Json, JsonObject } from '../core/json.ts';
import { type FeelEnv, type FeelWarning, nowOfRun, todayOfRun, warn, withinRun } from './evaluation-run.ts';
import { feelTypeOf } from './feel-type.ts';
import { EvaluationFailure, EvaluationLimitExceeded } from './limits.ts';
import type { FeelParameter, ParsedExpression, ParsedUnaryTests } from './parse.ts';
import { NoJsonForm, toJson } from './to-json.ts';

/** Why an evaluation has no value. */
export type FeelFailureCode = 'limit-exceeded' | 'not-json' | 'not-boolean' | 'evaluation-failed';

/** An evaluation's value, or why there is none. Warnings say why something inside became null. */
export type Evaluated<T> =
  | { readonly ok: true; readonly value: T; readonly warnings: readonly FeelWarning[] }
  | {
      readonly ok: false;
      readonly code: FeelFailureCode;
      readonly message: string;
      readonly warnings: readonly FeelWarning[];
    };

/** Values by name: JSON variables, or FEEL's own values where a decision has typed them. */
export type FeelScope = Readonly<Record<string, unknown>>;

const WARNING_CODES: Readonly<Record<string, FeelWarning['code']>> = {
  NO_VARIABLE_FOUND: 'unknown-variable',
  NO_CONTEXT_ENTRY_FOUND: 'unknown-property',
  NO_PROPERTY_FOUND: 'unknown-property',
  NOT_COMPARABLE: 'not-comparable',
  INVALID_TYPE: 'invalid-type',
  INVALID_ARGUMENTS: 'invalid-arguments',
  FUNCTION_INVOCATION_FAILURE: 'invalid-arguments',
};

/** feelin's message with types in place of values: a value may be a patient's. */
function withoutValues(template: string, values: Record<string, unknown>): string {
  return Object.keys(values).reduce((text, key) => text.replace(`{${key}}`, feelTypeOf(values[key])), template);
}

function valueFor({ name, hidesBuiltin }: FeelParameter, scope: FeelScope): unknown {
  const value = Object.hasOwn(scope, name) ? scope[name] : undefined;
  if (value !== undefined || !hidesBuiltin) return value;
  return warn('unknown-variable', `Variable '${name}' not found`);
}

function runOnce(parsed: ParsedExpression | ParsedUnaryTests, scope: FeelScope, input: unknown): unknown {
  parsed.nativeWarnings.length = 0;
  const now = parsed.readsNow ? nowOfRun() : null;
  const today = parsed.readsToday ? todayOfRun() : null;
  const values = parsed.parameters.map((parameter) => valueFor(parameter, scope));
  try {
    return parsed.run([...values, now, today, input]);
  } finally {
    for (const { type, details } of parsed.nativeWarnings) {
      warn(WARNING_CODES[type] ?? 'other', withoutValues(details.template, details.values));
    }
    parsed.nativeWarnings.length = 0;
  }
}

function failure(error: unknown): { code: FeelFailureCode; message: string } {
  if (error instanceof EvaluationLimitExceeded) return { code: 'limit-exceeded', message: error.message };
  if (error instanceof EvaluationFailure) return { code: 'evaluation-failed', message: error.message };
  if (error instanceof NoJsonForm) return { code: 'not-json', message: error.message };
  if (error instanceof RangeError) {
    return {
      code: 'limit-exceeded',
      message: 'Expected bounded recursion, but the expression calls itself without end.',
    };
  }
  // Anything else is thrown by feelin on what it does not implement. Its text may quote values, so it is not passed on.
  return { code: 'evaluation-failed', message: 'Expected an expression feelin can run, but it failed on it.' };
}

/** Runs a parsed source and lets `finish` make of the FEEL value what the caller wants, inside the same limits. */
function evaluated<T>(
  parsed: ParsedExpression | ParsedUnaryTests,
  scope: FeelScope,
  env: FeelEnv,
  input: unknown,
  finish: (value: unknown) => T,
): Evaluated<T> {
  const { result, warnings } = withinRun(env, () => {
    try {
      return { ok: true as const, value: finish(runOnce(parsed, scope, input)) };
    } catch (error) {
      return { ok: false as const, ...failure(error) };
    }
  });
  return { ...result, warnings };
}

/** What an expression that reads no variable gave last: in one environment it gives the same again, and a task's rules ask it of every command. */
const lastWithoutVariables = new WeakMap<
  ParsedExpression,
  { readonly env: FeelEnv; readonly given: Evaluated<Json> }
>();

function isSameEnv(one: FeelEnv, other: FeelEnv): boolean {
  return one.at === other.at && one.zone === other.zone && one.calendar === other.calendar;
}

/** Evaluates an expression to JSON. A missing variable is null with a warning. Pure: same arguments, same answer. */
export function evaluate(parsed: ParsedExpression, context: JsonObject, env: FeelEnv): Evaluated<Json> {
  if (parsed.parameters.length > 0) return evaluated(parsed, context, env, null, toJson);
  const last = lastWithoutVariables.get(parsed);
  if (last && isSameEnv(last.env, env)) return last.given;
  const given = evaluated(parsed, context, env, null, toJson);
  lastWithoutVariables.set(parsed, { env, given });
  return given;
}

/** Evaluates to a FEEL value (dates stay dates), for decisions that go on working with it. */
export function evaluateToFeel(parsed: ParsedExpression, scope: FeelScope, env: FeelEnv): Evaluated<unknown> {
  return evaluated(parsed, scope, env, null, (value) => value ?? null);
}

/** Evaluates a condition: true or false, and nothing else. Null (an unknown fact) is `not-boolean`, never false. */
export function evaluateCondition(parsed: ParsedExpression, context: JsonObject, env: FeelEnv): Evaluated<boolean> {
  const result = evaluated(parsed, context, env, null, (value) => value);
  if (!result.ok) return result;
  if (typeof result.value === 'boolean') return { ...result, value: result.value };
  const [first] = result.warnings;
  const why = first === undefined ? '' : ` (${first.message})`;
  const message = `Expected true or false from ${parsed.source.trim()}, but got ${feelTypeOf(result.value)}${why}.`;
  return { ok: false, code: 'not-boolean', message, warnings: result.warnings };
}

/** Whether `input` passes unary tests. What cannot be told does not pass; the warnings say why. */
export function evaluateUnaryTest(
  parsed: ParsedUnaryTests,
  input: unknown,
  scope: FeelScope,
  env: FeelEnv,
): Evaluated<boolean> {
  return evaluated(parsed, scope, env, input ?? null, (value) => value === true);
}
