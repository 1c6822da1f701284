/**
 * An element of a BPMN file as the reader gives it: a type name with prefix (`bpmn:UserTask`) and properties by name. Properties are unknown
 * until one of the functions here has looked at them, so a malformed file cannot bring a value of the wrong kind into the compiler.
 */
export type BpmnElement = {
  readonly $type: string;
  readonly $parent?: unknown;
  get(name: string): unknown;
};

/** Whether the value is an element. */
export function isElement(value: unknown): value is BpmnElement {
  return (
    typeof value === 'object' && value !== null && '$type' in value && 'get' in value && typeof value.get === 'function'
  );
}

/** Text property, without surrounding white space; nothing when absent or empty. */
export function textOf(element: BpmnElement, name: string): string | undefined {
  const value = element.get(name);
  const text = typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
  return text === '' ? undefined : text;
}

/** Boolean property; nothing when absent. */
export function booleanOf(element: BpmnElement, name: string): boolean | undefined {
  const value = element.get(name);
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : undefined;
}

/** Whole number property; nothing when absent or none. */
export function integerOf(element: BpmnElement, name: string): number | undefined {
  const number = Number(element.get(name) ?? Number.NaN);
  return Number.isInteger(number) ? number : undefined;
}

/** Child element or resolved reference. */
export function elementOf(element: BpmnElement, name: string): BpmnElement | undefined {
  const value = element.get(name);
  return isElement(value) ? value : undefined;
}

/** Child elements or resolved references. */
export function elementsOf(element: BpmnElement, name: string): readonly BpmnElement[] {
  const value = element.get(name);
  return Array.isArray(value) ? value.filter(isElement) : [];
}

/** Id of an element; the reader has given one to every element. */
export function idOf(element: BpmnElement): string {
  return textOf(element, 'id') ?? '';
}

/** Name as drawn, line breaks made spaces. */
export function nameOf(element: BpmnElement): string | undefined {
  return textOf(element, 'name')?.replace(/\s+/g, ' ');
}

/** Name in English, from `clinical:nameEn`. */
export function nameEnOf(element: BpmnElement): string | undefined {
  return textOf(element, 'clinical:nameEn')?.replace(/\s+/g, ' ');
}

/** The first extension element of a type, e.g. `zeebe:TaskDefinition`. */
export function extensionOf(element: BpmnElement, type: string): BpmnElement | undefined {
  const extensions = elementOf(element, 'extensionElements');
  return extensions && elementsOf(extensions, 'values').find((one) => one.$type === type);
}

/** Text of a child expression such as a condition. */
export function bodyOf(element: BpmnElement, name: string): string | undefined {
  const expression = elementOf(element, name);
  return expression && textOf(expression, 'body');
}
