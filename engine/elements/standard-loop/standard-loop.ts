import { bodyOf, booleanOf, integerOf } from '../../ir/bpmn-element.ts';
import { feelOf } from '../../ir/value-source.ts';
import type { LoopLowering } from '../element.ts';

/** Standard loop: runs the activity again while a condition holds, asked before or after each run. */
export const standardLoop: LoopLowering = {
  type: 'bpmn:StandardLoopCharacteristics',
  lower(loop, _activity, scope) {
    const condition = bodyOf(loop, 'loopCondition');
    const maximum = integerOf(loop, 'loopMaximum');
    return {
      kind: 'loop',
      scope,
      testBefore: booleanOf(loop, 'testBefore') === true,
      ...(condition === undefined ? {} : { loopCondition: feelOf(condition) }),
      ...(maximum === undefined ? {} : { maximum }),
    };
  },
};
