import type { FormDocument, Language } from '../../engine/index.ts';

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Words of a schema node in the language, laid over the Chinese ones; absent words stay Chinese. */
function wordsOf(node: Readonly<Record<string, unknown>>, language: Language): Readonly<Record<string, unknown>> {
  const all = node['x-i18n'];
  const own = isObject(all) ? all[language] : undefined;
  return isObject(own) ? own : {};
}

/** Keywords whose value is data, not schema. */
const dataKeywords = new Set(['const', 'enum', 'default', 'examples', 'required', 'x-constraint', 'x-i18n']);

function localiseNode(node: unknown, language: Language): unknown {
  if (Array.isArray(node)) return node.map((one) => localiseNode(one, language));
  if (!isObject(node)) return node;
  const inner = Object.entries(node)
    .filter(([key]) => key !== 'x-i18n' && key !== 'x-constraint')
    .map(([key, value]): [string, unknown] => [key, dataKeywords.has(key) ? value : localiseNode(value, language)]);
  const { title, description, enumNames } = wordsOf(node, language);
  return {
    ...Object.fromEntries(inner),
    ...(typeof title === 'string' ? { title } : {}),
    ...(typeof description === 'string' ? { description } : {}),
    ...(isObject(enumNames) && Array.isArray(node.enum) ? { oneOf: namedChoices(node.enum, enumNames) } : {}),
  };
}

function namedChoices(values: readonly unknown[], names: Readonly<Record<string, unknown>>) {
  return values.map((value) => ({ const: value, title: String(names[String(value)] ?? value) }));
}

/** The form's schema with its words in one language, without what only the server needs. */
export function localiseSchema(form: FormDocument, language: Language): Readonly<Record<string, unknown>> {
  const localised = localiseNode(form.schema, language);
  if (!isObject(localised)) return {};
  // The renderer would take these for a reference base and for a draft it must fetch.
  const { $id: _id, $schema: _schema, ...rest } = localised;
  return rest;
}
