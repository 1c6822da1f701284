import type { Language } from '../engine/index.ts';
import { isNode, nodeAt, type SchemaNode } from './json-shape.ts';

/** Keywords whose value is data, not schema. */
const DATA_KEYWORDS = new Set(['const', 'enum', 'default', 'examples', 'required']);

/** Keywords the browser has no use for. */
const SERVER_KEYWORDS = new Set(['x-i18n', 'x-constraint', '$id', '$schema']);

/** Keywords whose members are schemas by a name of the author's, which may be any word. */
const NAMED_SCHEMAS = new Set(['properties', '$defs', 'dependentSchemas', 'patternProperties']);

function words(node: SchemaNode, language: Language): Readonly<Record<string, unknown>> {
  const { title, description } = nodeAt(nodeAt(node, 'x-i18n'), language);
  return {
    ...(typeof title === 'string' ? { title } : {}),
    ...(typeof description === 'string' ? { description } : {}),
  };
}

/** `enum` with names becomes titled choices, which is how the renderer shows words for values. */
function choices(node: SchemaNode, language: Language): Readonly<Record<string, unknown>> {
  const names = nodeAt(nodeAt(nodeAt(node, 'x-i18n'), language), 'enumNames');
  if (!Array.isArray(node.enum) || Object.keys(names).length === 0) return {};
  return { oneOf: node.enum.map((value: unknown) => ({ const: value, title: String(names[String(value)] ?? value) })) };
}

function named(members: unknown, language: Language): unknown {
  if (!isNode(members)) return members;
  return Object.fromEntries(Object.entries(members).map(([name, inner]) => [name, localized(inner, language)]));
}

function localized(value: unknown, language: Language): unknown {
  if (Array.isArray(value)) return value.map((one) => localized(one, language));
  if (!isNode(value)) return value;
  const inner = Object.entries(value)
    .filter(([keyword]) => !SERVER_KEYWORDS.has(keyword))
    .map(([keyword, member]): [string, unknown] => {
      if (DATA_KEYWORDS.has(keyword)) return [keyword, member];
      return [keyword, NAMED_SCHEMAS.has(keyword) ? named(member, language) : localized(member, language)];
    });
  return { ...Object.fromEntries(inner), ...words(value, language), ...choices(value, language) };
}

/** A form's schema for the renderer: its words in one language (Chinese where there are no others), server rules left out. */
export function localizeSchema(schema: SchemaNode, language: Language): SchemaNode {
  const result = localized(schema, language);
  return isNode(result) ? result : {};
}
