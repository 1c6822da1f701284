import { type BpmnElement, elementsOf, isElement, textOf } from '../../ir/bpmn-element.ts';

/** Makes an element of the given type. */
export type Create = (type: string, properties?: object) => BpmnElement;

/** The first extension element of the type; made where there is none. */
export function ownExtension(element: BpmnElement, type: string, create: Create): BpmnElement {
  const extensions = extensionsOf(element, create);
  const known = elementsOf(extensions, 'values').find((one) => one.$type === type);
  if (known) return known;
  const made = create(type);
  Reflect.set(made, '$parent', extensions);
  Reflect.set(extensions, 'values', [...listIn(extensions, 'values'), made]);
  return made;
}

function extensionsOf(element: BpmnElement, create: Create): BpmnElement {
  const known = element.get('extensionElements');
  if (isElement(known)) return known;
  const made = create('bpmn:ExtensionElements', { values: [] });
  Reflect.set(made, '$parent', element);
  Reflect.set(element, 'extensionElements', made);
  return made;
}

function listIn(element: BpmnElement, name: string): readonly unknown[] {
  const list = element.get(name);
  return Array.isArray(list) ? list : [];
}

/** Sets a property its author did not set in our dialect; false where they did. */
export function setOwn(
  element: BpmnElement,
  { type, property, value }: { readonly type: string; readonly property: string; readonly value: string },
  create: Create,
): boolean {
  const extension = ownExtension(element, type, create);
  if (textOf(extension, property) !== undefined) return false;
  Reflect.set(extension, property, value);
  return true;
}

/** Adds an input or output mapping; false where its target has one already. */
export function addMapping(element: BpmnElement, { direction, source, target }: Mapping, create: Create): boolean {
  const mapping = ownExtension(element, 'zeebe:IoMapping', create);
  const list = direction === 'in' ? 'inputParameters' : 'outputParameters';
  const there = listIn(mapping, list);
  if (there.some((one) => isElement(one) && textOf(one, 'target') === target)) return false;
  const made = create(direction === 'in' ? 'zeebe:Input' : 'zeebe:Output', { source, target });
  Reflect.set(made, '$parent', mapping);
  Reflect.set(mapping, list, [...there, made]);
  return true;
}

/** One input or output mapping. */
export type Mapping = { readonly direction: 'in' | 'out'; readonly source: string; readonly target: string };
