import {
  type BpmnElement,
  bodyOf,
  booleanOf,
  elementOf,
  extensionOf,
  idOf,
  nameOf,
  textOf,
} from '../../ir/bpmn-element.ts';
import type { Repeat, ValueSource } from '../../ir/kernel.ts';
import { feelOf, numberSource, valueSource } from '../../ir/value-source.ts';
import { throughAssociation } from '../data-association/data-association.ts';
import { type LoopLowering, refusal } from '../element.ts';
import { eventsOf } from './behavior.ts';

/** Multi-instance: one run of the activity for each element of a collection, or a number of times; at once or one after the other. */
export const multiInstance: LoopLowering = {
  type: 'bpmn:MultiInstanceLoopCharacteristics',
  lower(loop, activity, scope, context) {
    const source = sourceOf(loop, activity);
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
      ...eventsOf(loop, activity, context),
    };
  },
};

function sourceOf(loop: BpmnElement, activity: BpmnElement): Partial<Repeat> | undefined {
  const zeebe = extensionOf(loop, 'zeebe:LoopCharacteristics');
  const collection = zeebe && textOf(zeebe, 'inputCollection');
  if (!zeebe || collection === undefined) return standardSource(loop, activity);
  const outputElement = textOf(zeebe, 'outputElement');
  return sourceFrom(
    valueSource(collection.startsWith('=') ? collection : `=${collection}`),
    textOf(zeebe, 'inputElement'),
    textOf(zeebe, 'outputCollection'),
    outputElement && feelOf(outputElement),
  );
}

/** What BPMN itself has: a number of runs, or data items by name. */
function standardSource(loop: BpmnElement, activity: BpmnElement): Partial<Repeat> | undefined {
  const cardinality = bodyOf(loop, 'loopCardinality');
  if (cardinality !== undefined) return { cardinality: numberSource(cardinality) };
  const nameIn = (property: string) => {
    const item = elementOf(loop, property);
    return item && (nameOf(item) ?? idOf(item));
  };
  const inCase = (property: string, list: 'dataInputAssociations' | 'dataOutputAssociations') => {
    const item = elementOf(loop, property);
    return (item && throughAssociation(activity, list, item)) ?? nameIn(property);
  };
  const collection = inCase('loopDataInputRef', 'dataInputAssociations');
  if (collection === undefined) return undefined;
  return sourceFrom(
    { feel: collection },
    nameIn('inputDataItem'),
    inCase('loopDataOutputRef', 'dataOutputAssociations'),
    nameIn('outputDataItem'),
  );
}

function sourceFrom(
  collection: ValueSource,
  element: string | undefined,
  outputCollection: string | undefined,
  outputElement: string | undefined,
): Partial<Repeat> {
  return {
    collection,
    ...(element === undefined ? {} : { element }),
    ...(outputCollection === undefined ? {} : { outputCollection }),
    ...(outputElement === undefined ? {} : { outputElement }),
  };
}
