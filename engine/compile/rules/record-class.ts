import { idOf } from '../../ir/bpmn-element.ts';
import { isRecordClass, recordClasses } from '../../ir/record-class.ts';
import type { LintRule } from '../2-lint.ts';

const attribute = 'clinical:recordClass';

/** A process that says how long its records are kept names a class there is. */
export const recordClass: LintRule = ({ element }) => {
  const code = element.get(attribute);
  if (typeof code !== 'string' || isRecordClass(code)) return [];
  const known = Object.keys(recordClasses).join(', ');
  return [
    {
      rule: 'record-class',
      severity: 'error',
      message: `Expected ${attribute} of ${idOf(element)} to be one of ${known}, but it is "${code}"`,
      elementId: idOf(element),
      path: attribute,
      params: { attribute, code, known },
    },
  ];
};
