import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { JsonObject } from '../engine/index.ts';
import type { SchemaNode } from './json-shape.ts';

/** Keywords of ours in a schema; they describe, they do not validate. */
export const OWN_KEYWORDS = ['x-i18n', 'x-constraint'];

/** A compiled form schema. */
export type CompiledForm = { readonly errors: (data: JsonObject) => readonly ErrorObject[] };

function createAjv(): Ajv2020 {
  const created = new Ajv2020({ allErrors: true, strict: false, validateSchema: true, addUsedSchema: false });
  addFormats(created);
  for (const keyword of OWN_KEYWORDS) created.addKeyword(keyword);
  return created;
}

/** Shared: compiling ajv's own meta-schema takes longer than compiling a form. */
const ajv = createAjv();

/**
 * Compiles a form's schema. The top level accepts declared fields only: a form's data become variables of the case, and a
 * field nobody declared could overwrite one.
 * Thrown when it is no valid JSON Schema 2020-12 or refers outside itself: ajv's error; `checkForm` finds that before.
 */
export function compileForm(schema: SchemaNode): CompiledForm {
  const closed = 'additionalProperties' in schema || 'unevaluatedProperties' in schema;
  const { $id: _id, ...own } = schema;
  const compiled = closed ? own : { ...own, unevaluatedProperties: false };
  const validate: ValidateFunction = ajv.compile(compiled);
  // ajv keeps every schema it has seen; drafts come and go.
  ajv.removeSchema(compiled);
  return { errors: (data) => (validate(data) ? [] : (validate.errors ?? [])) };
}
