import type { FormDocument } from '../engine/index.ts';
import { isNode, nodeAt, nodesAt, type SchemaNode } from './json-shape.ts';
import { mapShownFields, type Shown } from './shown-fields.ts';

/** How values of a field are put into words. */
type Words = {
  /** Choices by value: `{ const, title, x-i18n }`. */
  readonly choices: Map<unknown, SchemaNode>;
  /** Name of the lookup its values come from. */
  lookup?: string;
};

type Place = { readonly name: string; readonly schema: SchemaNode; readonly ui: SchemaNode };

/** Fields of a node with their hints, those of conditional branches included. */
function fieldsOf(schema: SchemaNode, ui: SchemaNode): readonly Place[] {
  const own = Object.entries(nodeAt(schema, 'properties')).flatMap(([name, field]) =>
    isNode(field) ? [{ name, schema: field, ui: nodeAt(ui, name) }] : [],
  );
  const branches = [schema.allOf, schema.anyOf, schema.then, schema.else].flat().filter(isNode);
  return [...own, ...branches.flatMap((branch) => fieldsOf(branch, ui))];
}

function choicesOf(schema: SchemaNode): readonly SchemaNode[] {
  const choices = [...nodesAt(schema, 'oneOf'), ...nodesAt(nodeAt(schema, 'items'), 'oneOf')];
  return choices.filter((choice) => 'const' in choice);
}

function learn(words: Map<string, Words>, schema: SchemaNode, ui: SchemaNode): void {
  for (const field of fieldsOf(schema, ui)) {
    const known = words.get(field.name) ?? { choices: new Map<unknown, SchemaNode>() };
    words.set(field.name, known);
    for (const choice of choicesOf(field.schema)) {
      if (!known.choices.has(choice.const)) known.choices.set(choice.const, choice);
    }
    const hints = [field.ui, nodeAt(field.ui, 'items')];
    for (const { lookup } of hints.map((hint) => nodeAt(hint, 'ui:options'))) {
      if (typeof lookup === 'string') known.lookup = lookup;
    }
    learn(words, field.schema, field.ui);
    learn(words, nodeAt(field.schema, 'items'), nodeAt(field.ui, 'items'));
  }
}

function isText(schema: SchemaNode): boolean {
  const types = [schema.type].flat();
  return types.includes('string') && schema.format === undefined;
}

/** One field that is only shown, with the words it lacks. */
function worded({ schema, ui }: Shown, words: Words | undefined): Shown {
  const own = choicesOf(schema).length > 0 || ui['ui:widget'] !== undefined || ui['ui:field'] !== undefined;
  if (!words || own) return { schema, ui };
  if (!isText(schema)) return { schema, ui };
  if (words.choices.size > 0) return { schema: { ...schema, oneOf: [...words.choices.values()] }, ui };
  const { lookup } = words;
  if (lookup === undefined) return { schema, ui };
  return { schema, ui: { ...ui, 'ui:widget': 'lookup', 'ui:options': { ...nodeAt(ui, 'ui:options'), lookup } } };
}

/**
 * A form as it is shown: fields that are only looked at and say nothing about their values' words borrow them from the
 * field of the same name in the flow's forms (choices with their titles, lookups), so that nobody reads `routine`. A value that is
 * none of the borrowed ones stays as it is; whether a number is money can be told by no value, so it is said by each form itself.
 * For showing only: submissions are checked against the form itself.
 */
export function withFlowWords(form: FormDocument, forms: readonly FormDocument[]): FormDocument {
  const words = new Map<string, Words>();
  for (const one of [form, ...forms]) learn(words, one.schema, one.ui);
  return mapShownFields(form, {}, (field) => worded(field, words.get(field.name)));
}
