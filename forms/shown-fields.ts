import type { FormDocument, JsonObject } from '../engine/index.ts';
import { isNode, nodeAt, type SchemaNode } from './json-shape.ts';

/** A field that is only looked at, with its hints and the values the data have for it (of every row, in a list). */
export type ShownField = {
  readonly name: string;
  readonly schema: SchemaNode;
  readonly ui: SchemaNode;
  readonly values: readonly unknown[];
};

/** What a field becomes. */
export type Shown = Pick<ShownField, 'schema' | 'ui'>;

type Place = Shown & { readonly values: readonly unknown[] };

/** The form with `change` put to every field that is only looked at, at any depth. */
export function mapShownFields(
  form: FormDocument,
  data: JsonObject,
  change: (field: ShownField) => Shown,
): FormDocument {
  return mapNode({ ...form, values: [data] }, false, change);
}

function mapNode(place: Place, shown: boolean, change: (field: ShownField) => Shown): Shown {
  const { schema, ui, values } = place;
  const mapped = Object.entries(nodeAt(schema, 'properties')).map(([name, field]): [string, Shown] => {
    if (!isNode(field)) return [name, { schema: {}, ui: {} }];
    const only = shown || field.readOnly === true;
    const inner = values.flatMap((value) => (isNode(value) && value[name] !== undefined ? [value[name]] : []));
    const done = mapNode({ schema: field, ui: nodeAt(ui, name), values: inner }, only, change);
    return [name, only ? change({ name, ...done, values: inner }) : done];
  });
  const rows = values.flatMap((value): unknown[] => (Array.isArray(value) ? value : []));
  const items = isNode(schema.items)
    ? mapNode({ schema: schema.items, ui: nodeAt(ui, 'items'), values: rows }, shown, change)
    : undefined;
  const hints = mapped.filter(([, field]) => Object.keys(field.ui).length > 0).map(([name, field]) => [name, field.ui]);
  return {
    schema: {
      ...schema,
      ...('properties' in schema && {
        properties: Object.fromEntries(mapped.map(([name, field]) => [name, field.schema])),
      }),
      ...(items && { items: items.schema }),
    },
    ui: { ...ui, ...Object.fromEntries(hints), ...(items && Object.keys(items.ui).length > 0 && { items: items.ui }) },
  };
}
