import type { Json, JsonObject } from '../engine/index.ts';
import type { CompiledForm } from './compile-form.ts';
import { type EvaluateConstraint, unmetConstraints } from './constraints.ts';
import { schemaAt } from './field-title.ts';
import { type FormProblem, problemsOf } from './form-problem.ts';
import { pointerStep, type SchemaNode } from './json-shape.ts';
import { mergeReadOnly } from './merge-read-only.ts';

/** Submitted data that fit, with read-only fields from the task; or what does not fit. */
export type FormValidation =
  | { readonly ok: true; readonly data: JsonObject }
  | { readonly ok: false; readonly problems: readonly FormProblem[] };

/** What is validated against what. */
export type FormSubmission = {
  readonly schema: SchemaNode;
  readonly compiled: CompiledForm;
  readonly data: JsonObject;
  /** The task's input; empty for a start form. */
  readonly input: JsonObject;
  readonly evaluate: EvaluateConstraint;
};

/** Validates submitted data: read-only fields are restored, then the schema holds, then the constraints. */
export function validateForm({ schema, compiled, data, input, evaluate }: FormSubmission): FormValidation {
  const merged = withoutHidden(schema, compiled, mergeReadOnly(schema, data, input));
  const problems = problemsOf(schema, compiled.errors(merged));
  if (problems.length > 0) return { ok: false, problems };
  const unmet = unmetConstraints(schema, merged, input, evaluate);
  return unmet.length > 0 ? { ok: false, problems: unmet } : { ok: true, data: merged };
}

/**
 * Data without top-level fields whose condition no longer holds: somebody filled them in and then changed the answer that
 * showed them. Fields the form declares nowhere stay, and are refused.
 */
function withoutHidden(schema: SchemaNode, compiled: CompiledForm, data: JsonObject): JsonObject {
  const hidden = new Set(
    compiled
      .errors(data)
      .filter(({ keyword, instancePath }) => keyword === 'unevaluatedProperties' && instancePath === '')
      .map(({ params }): unknown => params.unevaluatedProperty)
      .filter((name) => typeof name === 'string' && schemaAt(schema, pointerStep(name)) !== undefined),
  );
  if (hidden.size === 0) return data;
  return Object.fromEntries(Object.entries(data).filter((entry): entry is [string, Json] => !hidden.has(entry[0])));
}
