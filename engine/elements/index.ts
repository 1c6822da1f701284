import type { ElementLowering, EventDefinitionLowering, LoopLowering } from './element.ts';
import * as definitionRegistry from './event-definitions/registry.ts';
import { multiInstance } from './multi-instance/multi-instance.ts';
import * as elementRegistry from './registry.ts';
import { standardLoop } from './standard-loop/standard-loop.ts';

/** Every executable element, as `registry.ts` has them. */
export const elements: readonly ElementLowering[] = Object.values(elementRegistry);

/** Every kind of event definition. */
export const eventDefinitions: readonly EventDefinitionLowering[] = Object.values(definitionRegistry);

/** Every kind of loop characteristics. */
export const loops: readonly LoopLowering[] = [multiInstance, standardLoop];

/** Elements that are drawn and not executed. */
export const drawnOnly: ReadonlySet<string> = new Set([
  'bpmn:SequenceFlow',
  'bpmn:DataObject',
  'bpmn:DataObjectReference',
  'bpmn:DataStoreReference',
]);
