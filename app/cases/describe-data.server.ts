import type { TFunction } from 'i18next';
import type { FormDocument, Json, JsonObject, Language } from '../../engine/index.ts';
import { localizeSchema } from '../../forms/localize-schema.ts';
import { allProperties } from '../form/prepare-ui.ts';
import { formatInstant, formatMoney } from '../i18n/format.ts';

type Node = Readonly<Record<string, unknown>>;

/** A value with its words, ready to be shown. */
export type DataRow = { readonly name: string; readonly label: string; readonly text: string };

/** What is known of a field: its words, choices, format. */
type Field = { readonly title?: string; readonly schema: Node; readonly money: boolean };

/** Fields of all forms of a flow by name, to put words to variables. */
export type Glossary = ReadonlyMap<string, Field>;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function collect(schema: Node, ui: Node, into: Map<string, Field>): void {
  for (const [name, field] of allProperties(schema)) {
    const hint = isNode(ui[name]) ? ui[name] : {};
    const title = typeof field.title === 'string' ? field.title : undefined;
    const known = into.get(name);
    const money = known?.money || hint['ui:widget'] === 'money';
    into.set(name, known?.title ? { ...known, money } : { title, schema: field, money });
    for (const column of moneyColumns(hint)) {
      into.set(column, { ...(into.get(column) ?? { schema: {} }), money: true });
    }
    collect(field, hint, into);
    if (isNode(field.items)) collect(field.items, isNode(hint.items) ? hint.items : {}, into);
  }
}

/** Columns a table's hints call money. */
function moneyColumns(hint: Node): readonly string[] {
  const options = isNode(hint['ui:options']) ? hint['ui:options'] : {};
  return Array.isArray(options.money) ? options.money.filter((one): one is string => typeof one === 'string') : [];
}

/** Words of a flow's forms in one language. */
export function glossaryOf(forms: readonly FormDocument[], language: Language): Glossary {
  const fields = new Map<string, Field>();
  for (const form of forms) collect(localizeSchema(form.schema, language), form.ui, fields);
  return fields;
}

function choiceText(field: Field | undefined, value: Json): string | undefined {
  const lists = [field?.schema.oneOf, isNode(field?.schema.items) ? field.schema.items.oneOf : undefined];
  for (const list of lists) {
    const choice = Array.isArray(list) ? list.find((one) => isNode(one) && one.const === value) : undefined;
    if (isNode(choice) && typeof choice.title === 'string') return choice.title;
  }
  return undefined;
}

/** Words for one value. Lists and groups become lines of `label: value`. */
export function textOf(value: Json | undefined, name: string, glossary: Glossary, t: TFunction): string {
  const field = glossary.get(name);
  if (value === undefined || value === null || value === '') return '—';
  if (isList(value)) return listText(value, name, glossary, t);
  if (isJsonObject(value)) {
    return Object.entries(value)
      .map(([key, inner]) => `${labelOf(key, glossary)}: ${textOf(inner, key, glossary, t)}`)
      .join('; ');
  }
  const choice = choiceText(field, value);
  if (choice !== undefined) return choice;
  if (typeof value === 'boolean') return t(value ? 'form:yes' : 'form:no');
  if (typeof value === 'number') return field?.money ? formatMoney(value) : String(value);
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) && !Number.isNaN(Date.parse(value)) ? formatInstant(value) : value;
}

function listText(list: readonly Json[], name: string, glossary: Glossary, t: TFunction): string {
  if (list.length === 0) return t('shell:none');
  const simple = list.every((one) => typeof one !== 'object' || one === null);
  const texts = list.map((one) => textOf(one, name, glossary, t));
  return simple ? texts.join(t('shell:listComma')) : texts.map((text, index) => `${index + 1}) ${text}`).join('\n');
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isJsonObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field's words, or its technical name where no form names it. */
export function labelOf(name: string, glossary: Glossary): string {
  return glossary.get(name)?.title ?? name;
}

/** Data as rows of label and text. */
export function describeData(data: JsonObject, glossary: Glossary, t: TFunction): readonly DataRow[] {
  return Object.entries(data).map(([name, value]) => ({
    name,
    label: labelOf(name, glossary),
    text: textOf(value, name, glossary, t),
  }));
}
