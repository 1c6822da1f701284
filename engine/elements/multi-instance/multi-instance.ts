import { type BpmnElement, bodyOf, booleanOf, extensionOf, idOf, textOf } from '../../ir/bpmn-element.ts';
import type { Repeat } from '../../ir/kernel.ts';
import { feelOf, numberSource, valueSource } from '../../ir/value-source.ts';
import { type LoopLowering, refusal } from '../element.ts';

/** Multi-instance: one run of the activity for each element of a collection, or a number of times; at once or one after the other. */
export const multiInstance: LoopLowering = {
  type: 'bpmn:MultiInstanceLoopCharacteristics',
  lower(loop, activity, scope, context) {
    const source = sourceOf(loop);
    if (!source) {
      const expected = 'an input collection (zeebe:loopCharacteristics) or a loop cardinality';
      context.report(
        refusal('collection-missing', idOf(activity), expected, 'the multi-instance activity has neither'),
      );
      return undefined;
    }
    const completionCondition = bodyOf(loop, 'completionCondition');
    return {
      kind: booleanOf(loop, 'isSequential') === true ? 'sequential' : 'parallel',
      scope,
      ...source,
      ...(completionCondition === undefined ? {} : { completionCondition: feelOf(completionCondition) }),
    };
  },
};

function sourceOf(loop: BpmnElement): Partial<Repeat> | undefined {
  const zeebe = extensionOf(loop, 'zeebe:LoopCharacteristics');
  const collection = zeebe && textOf(zeebe, 'inputCollection');
  const cardinality = bodyOf(loop, 'loopCardinality');
  if (collection === undefined)
    return cardinality === undefined ? undefined : { cardinality: numberSource(cardinality) };
  const element = zeebe && textOf(zeebe, 'inputElement');
  const outputCollection = zeebe && textOf(zeebe, 'outputCollection');
  const outputElement = zeebe && textOf(zeebe, 'outputElement');
  return {
    collection: valueSource(collection.startsWith('=') ? collection : `=${collection}`),
    ...(element === undefined ? {} : { element }),
    ...(outputCollection === undefined ? {} : { outputCollection }),
    ...(outputElement === undefined ? {} : { outputElement: feelOf(outputElement) }),
  };
}
