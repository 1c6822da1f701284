/** What fields know beside their own value. */
export type FormContext = {
  /** Name of the person filling in, for signatures. */
  readonly personName: string;
  /** The form's data, for what stands beside a field's own value. */
  readonly data?: unknown;
};

/** Reads the renderer's untyped context. */
export function readFormContext(value: unknown): FormContext {
  const known = typeof value === 'object' && value !== null ? value : {};
  const personName: unknown = Reflect.get(known, 'personName');
  return { personName: typeof personName === 'string' ? personName : '', data: Reflect.get(known, 'data') };
}
