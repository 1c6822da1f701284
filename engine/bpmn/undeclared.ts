import type { BpmnElement } from '../ir/bpmn-element.ts';

/** References that other engines read as plain text: an error code, the name of a variable. */
const readAsText: ReadonlyMap<string, string> = new Map([
  ['bpmn:errorRef', 'bpmn:Error'],
  ['bpmn:loopDataInputRef', 'bpmn:DataInput'],
  ['bpmn:loopDataOutputRef', 'bpmn:DataOutput'],
]);

/** Declares what a reference names but the file does not have, where its text alone says enough. False where it does not. */
export function declare(element: BpmnElement, property: string, text: string): boolean {
  const type = readAsText.get(property);
  if (type === undefined) return false;
  const declared: BpmnElement = {
    $type: type,
    get: (name) => (name === 'id' || name === 'name' ? text : undefined),
  };
  Reflect.set(element, property.replace('bpmn:', ''), declared);
  return true;
}
