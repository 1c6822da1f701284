import { evaluate, type ParsedExpression, parseExpression, variablesOf } from '../feel/index.ts';
import type { CompiledDefinition } from '../ir/definition.ts';
import type { Mapping, ValueSource } from '../ir/kernel.ts';
import type { Json, JsonObject } from './json.ts';
import { envOf, found, type Outcome, type Run, stuck } from './run.ts';
import type { TokenState } from './state.ts';
import { visibleIn, visibleTo } from './variables.ts';

/** Expressions of a definition are parsed once and forgotten with it. */
const parsed = new WeakMap<CompiledDefinition, Map<string, ParsedExpression>>();

/** Evaluates FEEL; `now()` and `today()` are the command's `at`. */
export function evaluateFeel(run: Run, feel: string, context: JsonObject): Outcome<Json> {
  const expression = parsedOf(run.definition, feel);
  if (!expression.ok) return expression;
  const reserved = { actors: run.draft.actors, caseId: run.draft.caseId };
  const result = evaluate(expression.value, { ...context, ...reserved }, envOf(run));
  return result.ok ? found(result.value) : stuck('expression-failed', result.message);
}

/** A value fixed in the diagram, or the FEEL's. */
export function resolveValue(run: Run, source: ValueSource, context: JsonObject): Outcome<Json> {
  return 'feel' in source ? evaluateFeel(run, source.feel, context) : found(source.literal);
}

/** A value that must be text; numbers become text. `null` stays away as `undefined`. */
export function textOf(run: Run, source: ValueSource | undefined, context: JsonObject): Outcome<string | undefined> {
  if (!source) return found(undefined);
  const value = resolveValue(run, source, context);
  if (!value.ok) return value;
  if (value.value === null) return found(undefined);
  if (typeof value.value === 'string') return found(value.value);
  if (typeof value.value === 'number' || typeof value.value === 'boolean') return found(String(value.value));
  return stuck('expression-failed', `Expected text from ${describe(source)}, but it is ${kindOf(value.value)}`);
}

/** A condition: true or false. Null is no answer but an incident, since a comparison with nothing gives null in silence. */
export function conditionOf(run: Run, feel: string, context: JsonObject): Outcome<boolean> {
  const answer = run.answers?.(feel);
  if (answer !== undefined) return found(answer);
  const value = evaluateFeel(run, feel, context);
  if (!value.ok) return value;
  if (typeof value.value === 'boolean') return found(value.value);
  return stuck('condition-not-boolean', `Expected true or false from "${feel}", but it is ${kindOf(value.value)}`);
}

/** What an expression of a token's node can read. */
export function contextOf(run: Run, token: TokenState): JsonObject {
  return visibleTo(run.draft, token);
}

/** What an expression of a scope can read. */
export function contextIn(run: Run, scope: number): JsonObject {
  return visibleIn(run.draft, scope);
}

/** Mappings in order; each sees the targets of those before it. The result holds the targets only. */
export function mapped(run: Run, mappings: readonly Mapping[], context: JsonObject): Outcome<JsonObject> {
  let result: JsonObject = {};
  for (const { source, target, required } of mappings) {
    const value = resolveValue(run, source, { ...context, ...result });
    if (!value.ok) return value;
    if (required && value.value === null)
      return stuck('data-missing', `Expected a value for the data input ${target}, but there is none`);
    result = withValueAt(result, target.split('.'), value.value, context);
  }
  return found(result);
}

function withValueAt(object: JsonObject, path: readonly string[], value: Json, before: JsonObject): JsonObject {
  const [name, ...rest] = path;
  if (name === undefined) return object;
  if (rest.length === 0) return { ...object, [name]: value };
  const inner = asObject(object[name]) ?? asObject(before[name]) ?? {};
  return { ...object, [name]: withValueAt(inner, rest, value, {}) };
}

/** The value as an object, if it is one. */
export function asObject(value: Json | undefined): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !isList(value) ? value : undefined;
}

/** Whether the value is a list. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The kind of a value in words, for messages: never the value itself, which may be a patient's. */
export function kindOf(value: Json | undefined): string {
  if (value === null || value === undefined) return 'null';
  if (isList(value)) return 'a list';
  return typeof value === 'object' ? 'a context' : `a ${typeof value}`;
}

function describe(source: ValueSource): string {
  return 'feel' in source ? `"${source.feel}"` : 'the diagram';
}

function parsedOf(definition: CompiledDefinition, feel: string): Outcome<ParsedExpression> {
  const cache = parsed.get(definition) ?? new Map<string, ParsedExpression>();
  parsed.set(definition, cache);
  const known = cache.get(feel);
  if (known) return found(known);
  const result = parseExpression(feel);
  if (!result.ok) return stuck('expression-failed', result.error.message);
  cache.set(feel, result.expression);
  return found(result.expression);
}

/** Names an expression reads: a conditional event is asked again when one of them was written. */
export function namesReadBy(run: Run, feel: string): readonly string[] {
  const expression = parsedOf(run.definition, feel);
  return expression.ok ? variablesOf(expression.value) : [];
}
