import type { z } from 'zod';

/** An input that may be missing. FEEL says `null` for what is missing, so null counts as missing. */
export function optionalInput<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => value ?? undefined);
}

/** An input with a value to take when it is missing or null. */
export function inputOr<T extends z.ZodType>(schema: T, otherwise: z.output<T>) {
  return schema.nullish().transform((value) => value ?? otherwise);
}
