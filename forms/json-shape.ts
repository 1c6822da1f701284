import type { Json, JsonObject } from '../engine/index.ts';

/** A JSON Schema, or part of one, as parsed JSON. */
export type SchemaNode = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object. */
export function isNode(value: unknown): value is SchemaNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a JSON value is a list. */
export function isJsonList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Whether a JSON value is an object. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member that is an object; empty when it is none. */
export function nodeAt(node: SchemaNode | undefined, name: string): SchemaNode {
  const value = node !== undefined && Object.hasOwn(node, name) ? node[name] : undefined;
  return isNode(value) ? value : {};
}

/** A member that is a list of objects; empty when it is none. */
export function nodesAt(node: SchemaNode | undefined, name: string): readonly SchemaNode[] {
  const value = node?.[name];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** One step of a JSON pointer (RFC 6901). */
export function pointerStep(name: string | number): string {
  return `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The names a JSON pointer goes along. */
export function pointerNames(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A local `$ref` followed; anything else as it is. */
export function resolved(node: SchemaNode, root: SchemaNode): SchemaNode {
  const { $ref } = node;
  if (typeof $ref !== 'string' || !$ref.startsWith('#')) return node;
  let place: unknown = root;
  for (const name of pointerNames($ref.slice(1))) place = isNode(place) ? place[name] : undefined;
  return isNode(place) ? { ...place, ...node } : node;
}
