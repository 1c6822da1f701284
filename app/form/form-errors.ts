import { type ErrorSchema, ErrorSchemaBuilder } from '@rjsf/utils';

/** A field that needs correcting: its place as a JSON pointer, and why. */
export type FieldError = {
  readonly path: string;
  readonly message: string;
  /** The message in every language, so that switching it changes the words. */
  readonly messages?: Readonly<Record<string, string>>;
};

/** Steps of a JSON pointer: `/lines/0/qty` is `['lines', '0', 'qty']`. */
export function stepsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Id of a field in the page, as the renderer makes it. */
export function fieldIdOf(pointer: string, prefix = 'root'): string {
  return [prefix, ...stepsOf(pointer)].join('_');
}

/** Errors as the renderer takes them: a tree along the data. */
export function toErrorSchema(errors: readonly FieldError[]): ErrorSchema {
  const builder = new ErrorSchemaBuilder();
  for (const { path, message } of errors) builder.addErrors(message, [...stepsOf(path)]);
  return builder.ErrorSchema;
}
