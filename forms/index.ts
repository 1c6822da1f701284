export { createFormValidator } from './create-form-validator.ts';
export { checkForm, checkPackageForms } from './form-dialect.ts';
export { type FormProblem, sentenceOf } from './form-problem.ts';
export { type FormSketch, generateForm, type SuggestedField, suggestFields } from './generate-form.ts';
export { localizeSchema } from './localize-schema.ts';
export { mergeReadOnly, prefill } from './merge-read-only.ts';
