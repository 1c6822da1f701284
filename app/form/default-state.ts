import type { Experimental_DefaultFormStateBehavior } from '@rjsf/utils';

/**
 * What an untouched form holds: nothing. The renderer's own ways are a hazard in a hospital: it would take the first of
 * several choices, and "no" for every required yes-or-no, as if somebody had answered.
 */
export const defaultState: Experimental_DefaultFormStateBehavior = {
  constAsDefaults: 'never',
  requiredBooleanDefault: 'skip',
  emptyObjectFields: 'skipEmptyDefaults',
  // A list that must have a row begins with an empty one; what stays empty is not sent.
  arrayMinItems: { populate: 'requiredOnly', computeSkipPopulate: (_validator, schema) => schema?.readOnly === true },
};
