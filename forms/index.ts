export { createFormValidator } from './create-form-validator.ts';
export { withFlowWords } from './flow-words.ts';
export { checkForm, checkPackageForms } from './form-dialect.ts';
export { type FormProblem, sentenceOf } from './form-problem.ts';
export { localizeSchema } from './localize-schema.ts';
export { mergeReadOnly, prefill } from './merge-read-only.ts';
export { type PlainTask, plainStartForm, plainTaskForm } from './plain-form.ts';
export { mapShownFields, type Shown, type ShownField } from './shown-fields.ts';
