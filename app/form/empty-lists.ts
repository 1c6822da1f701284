import { allProperties } from './prepare-ui.ts';

type Node = Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mayBeEmpty(field: Node): boolean {
  return field.type === 'array' && field.readOnly !== true && !(Number(field.minItems) > 0);
}

/**
 * Form data in which a list that is required, may be empty and was left alone stands as an empty list: nothing ticked
 * means "none of these", and there is no gesture on the screen that would say it otherwise.
 */
export function withEmptyLists(schema: Node, data: unknown): unknown {
  if (Array.isArray(data)) return isNode(schema.items) ? data.map(itemsWith(schema.items)) : data;
  if (!isNode(data)) return data;
  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : [];
  const filled: Record<string, unknown> = { ...data };
  for (const [name, field] of allProperties(schema)) {
    if (filled[name] !== undefined) filled[name] = withEmptyLists(field, filled[name]);
    else if (required.includes(name) && mayBeEmpty(field)) filled[name] = [];
  }
  return filled;
}

function itemsWith(schema: Node): (item: unknown) => unknown {
  return (item) => withEmptyLists(schema, item);
}
