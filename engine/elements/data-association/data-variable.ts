import { type BpmnElement, elementOf, idOf, nameOf } from '../../ir/bpmn-element.ts';
import { isWritableName } from '../../ir/feel-name.ts';

/**
 * Variable a data object, property, data input or data output is (BPMN 2.0.2, 10.4.1): called as it is named where FEEL can read the name,
 * else by its id. A reference is the object it refers to, in whatever state. Nothing for a data store, which is outside the case.
 */
export function variableOf(item: BpmnElement): string | undefined {
  if (item.$type === 'bpmn:DataStoreReference' || item.$type === 'bpmn:DataStore') return undefined;
  if (item.$type !== 'bpmn:DataObjectReference') return variableNamed(nameOf(item), idOf(item));
  const object = elementOf(item, 'dataObjectRef');
  const drawn = nameOf(item)?.replace(/\s*\[[^\]]*\]$/, '');
  return variableNamed((object && nameOf(object)) ?? drawn, idOf(object ?? item));
}

function variableNamed(name: string | undefined, id: string): string {
  if (name !== undefined && isWritableName(name)) return name;
  const plain = id.replace(/[^\p{L}\p{N}_$]/gu, '_');
  return isWritableName(plain) ? plain : `_${plain}`;
}
