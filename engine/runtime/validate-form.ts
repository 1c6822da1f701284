import { canonicalJson } from '../core/canonical-json.ts';
import type { JsonObject } from '../core/json.ts';
import type { Result } from '../core/rejection.ts';
import type { FormDocument } from '../ir/package.ts';
import type { EngineContext } from './engine-context.ts';
import type { Situation } from './handle-command.ts';

/** What a person sent, and the form it must fit. Without a form there is nothing to check it against. */
export type Submission = {
  readonly form: FormDocument | undefined;
  readonly data: JsonObject;
  /** The task's input mappings (empty for a start form). */
  readonly input: JsonObject;
};

/** The form of the package a task or start names. */
export function ownForm({ definition }: Situation, formId: string | undefined): FormDocument | undefined {
  return formId === undefined ? undefined : definition.stored.pkg.forms[formId];
}

/** Checks what a person sent against its form, the package's own and a generated one alike. */
export async function validateForm(
  context: EngineContext,
  { at, calendar }: Situation,
  { form, data, input }: Submission,
): Promise<Result<JsonObject>> {
  if (!form) return { ok: true, value: data };
  const verdict = await context.forms.validate({ formKey: keyOf(form), form, data, input, at, calendar });
  if (verdict.ok) return { ok: true, value: verdict.data };
  const message = `Expected data that fit the form, but ${verdict.fields.length} fields do not`;
  return { ok: false, rejection: { code: 'invalid-form', message, fields: verdict.fields } };
}

const keys = new WeakMap<FormDocument['schema'], string>();

/** A form's schema is its own name: generated forms have no other, and the same schema in two versions is compiled once. */
function keyOf({ schema }: FormDocument): string {
  const known = keys.get(schema) ?? canonicalJson(schema);
  keys.set(schema, known);
  return known;
}
