/** An element as dmn-moddle reads it: its DMN type and its members, read through the functions below. */
export type ModdleElement = { readonly $type: string };

/** Whether a value is an element. */
export function isElement(value: unknown): value is ModdleElement {
  return typeof value === 'object' && value !== null && '$type' in value && typeof value.$type === 'string';
}

/** The DMN type without its prefix, e.g. `DecisionTable`. */
export function typeOf(element: ModdleElement): string {
  return element.$type.replace(/^dmn:/, '');
}

function member(element: ModdleElement, name: string): unknown {
  return Reflect.get(element, name);
}

/** A text member; undefined when absent or blank. */
export function textAt(element: ModdleElement | undefined, name: string): string | undefined {
  const value = element === undefined ? undefined : member(element, name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** A text member as it is written, white space and all; undefined when absent. */
export function writtenAt(element: ModdleElement, name: string): string | undefined {
  const value = member(element, name);
  return typeof value === 'string' ? value : undefined;
}

/** A member that is an element. */
export function elementAt(element: ModdleElement | undefined, name: string): ModdleElement | undefined {
  const value = element === undefined ? undefined : member(element, name);
  return isElement(value) ? value : undefined;
}

/** A member that is a list of elements; empty when absent. */
export function elementsAt(element: ModdleElement | undefined, name: string): readonly ModdleElement[] {
  const value = element === undefined ? undefined : member(element, name);
  return Array.isArray(value) ? value.filter(isElement) : [];
}

/** Whether a boolean member is true. */
export function isTrueAt(element: ModdleElement, name: string): boolean {
  return member(element, name) === true;
}

/** The id a reference such as `requiredInput` points to inside its file. */
export function referenceAt(element: ModdleElement, name: string): string | undefined {
  return textAt(elementAt(element, name), 'href')?.replace(/^.*#/, '');
}
