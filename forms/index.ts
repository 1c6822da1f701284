export { createFormValidator } from './create-form-validator.ts';
export { checkForm, checkPackageForms } from './form-dialect.ts';
export { type FormProblem, sentenceOf } from './form-problem.ts';
export { localizeSchema } from './localize-schema.ts';
export { mergeReadOnly, prefill } from './merge-read-only.ts';
export { type PlainTask, plainStartForm, plainTaskForm } from './plain-form.ts';
