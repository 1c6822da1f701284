import { bodyOf } from '../../ir/bpmn-element.ts';
import { feelOf } from '../../ir/value-source.ts';
import { type ElementLowering, passing } from '../element.ts';

/**
 * Complex gateways fire once their condition over `activationCount` holds, then swallow what still comes until they are as new. Without a
 * condition they wait like inclusive ones. Nothing leaves when they become as new again.
 */
export const complexGateway: ElementLowering = {
  type: 'bpmn:ComplexGateway',
  lower(element) {
    const condition = bodyOf(element, 'activationCondition');
    const join =
      condition === undefined
        ? ({ kind: 'inclusive' } as const)
        : { kind: 'complex' as const, feel: feelOf(condition) };
    return { body: passing, split: 'inclusive', join };
  },
};
