import type { FormDocument, JsonObject } from '../../engine/index.ts';
import { mapShownFields, type ShownField } from '../../forms/index.ts';
import type { LookupItem, Lookups } from '../server/services.ts';

type Find = (list: string, code: string) => Promise<LookupItem | undefined>;

/** More codes than anybody reads on one page are left as they are. */
const mostNamed = 200;

function lookupOf({ schema, ui }: Pick<ShownField, 'schema' | 'ui'>): string | undefined {
  const options: unknown = ui['ui:options'];
  if (schema.type === 'array' || ui['ui:widget'] !== 'lookup') return undefined;
  const list: unknown = typeof options === 'object' && options !== null ? Reflect.get(options, 'lookup') : undefined;
  return typeof list === 'string' ? list : undefined;
}

/** Finds the entry of a list by its code. */
export function findByCode(lookups: Lookups, tenantId: string): Find {
  return async (name, code) => {
    const items = await lookups.find({ tenantId, name, text: code, limit: 30 });
    return items?.find(({ value }) => value === code);
  };
}

/**
 * The form with names for the codes that its data show and nobody can change: fields of a lookup list become choices of the
 * entries there are, so that a table of orders says 每日两次 and not BID.
 */
export async function nameCodes(form: FormDocument, data: JsonObject, find: Find): Promise<FormDocument> {
  const wanted = new Map<string, readonly [string, string]>();
  mapShownFields(form, data, (field) => {
    const list = lookupOf(field);
    for (const code of list === undefined ? [] : field.values) {
      if (list !== undefined && typeof code === 'string' && wanted.size < mostNamed) {
        wanted.set(`${list}/${code}`, [list, code]);
      }
    }
    return field;
  });
  const found = await Promise.all(
    [...wanted.values()].map(async ([list, code]) => ({ list, item: await find(list, code) })),
  );
  return mapShownFields(form, data, (field) => {
    const list = lookupOf(field);
    if (list === undefined) return field;
    const items = found.flatMap((one) => (one.list === list && one.item ? [one.item] : []));
    const { 'ui:widget': _lookup, ...ui } = field.ui;
    return items.length === 0 ? { ...field, ui } : { schema: { ...field.schema, oneOf: items.map(asChoice) }, ui };
  });
}

function asChoice({ value, label, labelEn }: LookupItem) {
  return { const: value, title: label, ...(labelEn && { 'x-i18n': { en: { title: labelEn } } }) };
}
