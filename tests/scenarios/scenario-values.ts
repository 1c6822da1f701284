import { evaluate, parseExpression } from '../../engine/feel/index.ts';
import type { Json, JsonObject } from '../../engine/index.ts';

/** Evaluates FEEL on a case's variables, for keys and form values of a scenario. */
export function evaluateOn(source: string, context: JsonObject, at: string): Json {
  const parsed = parseExpression(source.replace(/^\s*=/, ''));
  if (!parsed.ok) throw new Error(`Expected FEEL in a scenario, but "${source}" is none: ${parsed.error.message}`);
  const result = evaluate(parsed.expression, context, { at, zone: 'Asia/Shanghai' });
  if (!result.ok) throw new Error(`Expected a value of "${source}", but ${result.message}`);
  return result.value;
}

/** Puts values in for every `{"$feel": "=…"}` in it. */
export function fillIn(value: Json, context: JsonObject, at: string): Json {
  if (isList(value)) return value.map((item) => fillIn(item, context, at));
  if (!isObject(value)) return value;
  const feel = value.$feel;
  if (typeof feel === 'string' && Object.keys(value).length === 1) return evaluateOn(feel, context, at);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fillIn(inner, context, at)]));
}

/** Where `actual` is not what `expected` says: objects may have more members, lists must have as many items. */
export function differences(expected: Json, actual: Json | undefined, path = ''): string[] {
  if (isList(expected)) {
    if (actual === undefined || !isList(actual)) return [wrong(path, expected, actual)];
    if (actual.length !== expected.length)
      return [`${path}: expected ${expected.length} items, but there are ${actual.length}`];
    return expected.flatMap((item, index) => differences(item, actual[index], `${path}/${index}`));
  }
  if (isObject(expected)) {
    if (actual === undefined || !isObject(actual)) return [wrong(path, expected, actual)];
    return Object.entries(expected).flatMap(([name, item]) => differences(item, actual[name], `${path}/${name}`));
  }
  return expected === actual ? [] : [wrong(path, expected, actual)];
}

function wrong(path: string, expected: Json, actual: Json | undefined): string {
  return `${path || 'value'}: expected ${JSON.stringify(expected)}, but it is ${JSON.stringify(actual)}`;
}

/** Whether the value is a JSON list. */
export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Whether the value is a JSON object. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object an evaluated form must be. */
export function fillInObject(value: JsonObject | undefined, context: JsonObject, at: string): JsonObject {
  const filled = fillIn(value ?? {}, context, at);
  if (!isObject(filled)) throw new Error('Expected an object of form data, but it is none');
  return filled;
}
