import type { RJSFSchema, ValidationData, ValidatorType } from '@rjsf/utils';
import { matchesSchema } from './match-schema.ts';

/**
 * What the form renderer needs to choose conditional fields. It finds no errors by design: a form is judged by the
 * server, which holds the case's data and the only validator that counts.
 */
export const browserValidator: ValidatorType = {
  isValid: (schema: RJSFSchema, data: unknown, root: RJSFSchema) => matchesSchema(schema, data, root),
  validateFormData: (): ValidationData<unknown> => ({ errors: [], errorSchema: {} }),
  rawValidation: () => ({ errors: [] }),
};
