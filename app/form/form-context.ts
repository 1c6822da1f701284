/** What fields know beside their own value. */
export type FormContext = {
  /** Name of the person filling in, for signatures. */
  readonly personName: string;
};

/** Reads the renderer's untyped context. */
export function readFormContext(value: unknown): FormContext {
  const personName: unknown =
    typeof value === 'object' && value !== null ? Reflect.get(value, 'personName') : undefined;
  return { personName: typeof personName === 'string' ? personName : '' };
}
