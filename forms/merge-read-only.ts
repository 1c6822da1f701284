import type { Json, JsonObject } from '../engine/index.ts';
import { isJsonList, isJsonObject, isNode, nodeAt, resolved, type SchemaNode } from './json-shape.ts';

/**
 * Puts the task input's values into read-only fields: what the client sent there counts for nothing. Rows of a list are
 * found by the read-only values they show, so rows may be left out or reordered; without any, by their place.
 */
export function mergeReadOnly(schema: SchemaNode, data: JsonObject, input: JsonObject): JsonObject {
  return mergeObject(schema, schema, data, input);
}

function mergeObject(schema: SchemaNode, root: SchemaNode, data: JsonObject, input: JsonObject): JsonObject {
  const result: Record<string, Json> = { ...data };
  for (const [name, property] of Object.entries(nodeAt(schema, 'properties'))) {
    if (!isNode(property)) continue;
    const merged = mergeValue(resolved(property, root), root, data[name], input[name]);
    if (merged === undefined) delete result[name];
    else result[name] = merged;
  }
  return result;
}

function mergeValue(
  schema: SchemaNode,
  root: SchemaNode,
  value: Json | undefined,
  given: Json | undefined,
): Json | undefined {
  if (schema.readOnly === true) return given;
  if (isJsonObject(value)) return mergeObject(schema, root, value, isJsonObject(given) ? given : {});
  if (isJsonList(value) && isNode(schema.items)) return mergeRows(resolved(schema.items, root), root, value, given);
  return value;
}

function readOnlyNames(schema: SchemaNode, root: SchemaNode): readonly string[] {
  return Object.entries(nodeAt(schema, 'properties')).flatMap(([name, property]) =>
    isNode(property) && resolved(property, root).readOnly === true ? [name] : [],
  );
}

function mergeRows(
  schema: SchemaNode,
  root: SchemaNode,
  rows: readonly Json[],
  given: Json | undefined,
): readonly Json[] {
  const names = readOnlyNames(schema, root);
  const free = isJsonList(given) ? given.filter(isJsonObject) : [];
  const left = new Set(free);
  return rows.map((row, index) => {
    if (!isJsonObject(row)) return row;
    const shown = names.filter((name) => row[name] !== undefined);
    const byValues = [...left].find((one) => shown.length > 0 && shown.every((name) => same(one[name], row[name])));
    const byPlace = shown.length === 0 ? free[index] : undefined;
    const source = byValues ?? (byPlace !== undefined && left.has(byPlace) ? byPlace : undefined);
    if (source !== undefined) left.delete(source);
    return mergeObject(schema, root, row, source ?? {});
  });
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  if (isJsonList(a)) return isJsonList(b) && a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (!isJsonObject(a)) return a === b;
  if (!isJsonObject(b)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => same(a[name], b[name]));
}

/** A form's initial data: the task input's values under the form's own names. */
export function prefill(schema: SchemaNode, input: JsonObject): JsonObject {
  const names = Object.keys(nodeAt(schema, 'properties'));
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = Object.hasOwn(input, name) ? input[name] : undefined;
      return value === undefined || value === null ? [] : [[name, value]];
    }),
  );
}
