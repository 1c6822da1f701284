import { type FieldGuess, type FormDocument, guessFields } from '../engine/index.ts';
import english from './messages.en.json' with { type: 'json' };
import chinese from './messages.zh-CN.json' with { type: 'json' };

/** A field to offer, where nobody drew a form: usually what the following conditions read. */
export type SuggestedField = FieldGuess & {
  /** The next step cannot be chosen without it. */
  readonly required?: boolean;
};

/** What a form is generated from. */
export type FormSketch = {
  readonly taskName: string;
  readonly taskNameEn?: string;
  readonly suggestedFields: readonly SuggestedField[];
};

/** Fields that stand together: `order.approved` stands in a group `order`. */
export type FieldGroup = { readonly fields: Map<string, FieldGroup | SuggestedField> };

const MAX_TEXT = 2_000;

/** Whether an entry is a group of fields. */
export function isGroup(entry: FieldGroup | SuggestedField | undefined): entry is FieldGroup {
  return entry !== undefined && 'fields' in entry;
}

/** Fields as a tree. */
export function grouped(fields: readonly SuggestedField[]): FieldGroup {
  const root: FieldGroup = { fields: new Map() };
  for (const field of fields) {
    let place = root;
    for (const name of field.path.slice(0, -1)) {
      const known = place.fields.get(name);
      const next: FieldGroup = isGroup(known) ? known : { fields: new Map() };
      place.fields.set(name, next);
      place = next;
    }
    const last = field.path.at(-1);
    if (last !== undefined && !isGroup(place.fields.get(last))) place.fields.set(last, field);
  }
  return root;
}

function words(chineseTitle: string, englishTitle: string) {
  return { title: chineseTitle, 'x-i18n': { en: { title: englishTitle } } };
}

function fieldSchema(name: string, { type, choices }: SuggestedField): Readonly<Record<string, unknown>> {
  const named = words(name, name);
  if (type === 'boolean') return { type: 'boolean', ...named };
  if (type === 'number') return { type: 'number', ...named };
  if (type === 'date') return { type: 'string', format: 'date', ...named };
  // The condition compares with these, but another answer may lead to the default flow: they are offered, not enforced.
  const examples = choices.length > 0 ? { examples: [...choices] } : {};
  return { type: 'string', maxLength: MAX_TEXT, ...named, ...examples };
}

type ObjectSchema = {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
};

function groupSchema({ fields }: FieldGroup): ObjectSchema {
  const entries = [...fields].map(([name, entry]): [string, unknown] => [
    name,
    isGroup(entry)
      ? { ...words(name, name), ...groupSchema(entry), additionalProperties: false }
      : fieldSchema(name, entry),
  ]);
  const required = [...fields].flatMap(([name, entry]) => (isNeeded(entry) ? [name] : []));
  return { type: 'object', properties: Object.fromEntries(entries), ...(required.length > 0 ? { required } : {}) };
}

function isNeeded(entry: FieldGroup | SuggestedField): boolean {
  return isGroup(entry) ? [...entry.fields.values()].some(isNeeded) : entry.required === true;
}

function groupUi({ fields }: FieldGroup): Readonly<Record<string, unknown>> {
  const entries = [...fields].flatMap(([name, entry]): [string, unknown][] => {
    if (isGroup(entry)) return [[name, groupUi(entry)]];
    return entry.type === 'boolean' ? [[name, { 'ui:widget': 'radio' }]] : [];
  });
  return Object.fromEntries(entries);
}

/**
 * Fields for the variables that conditions read and the case does not have yet, typed as the conditions use them.
 * @param conditions FEEL, with or without the leading `=`
 * @param known names the case has values for
 */
export function suggestFields(conditions: readonly string[], known: readonly string[]): readonly SuggestedField[] {
  const found = new Map<string, SuggestedField>();
  for (const guess of conditions.flatMap((condition) => guessFields(condition))) {
    const key = guess.path.join('.');
    const before = found.get(key);
    if (known.includes(guess.path[0] ?? '')) continue;
    const type = before === undefined || before.type === 'unknown' ? guess.type : before.type;
    found.set(key, { ...guess, type, choices: [...new Set([...(before?.choices ?? []), ...guess.choices])] });
  }
  return [...found.values()];
}

/** A plain form: the suggested fields and a remark. The titles are the variables' names, since a diagram knows no others. */
export function generateForm({ taskName, taskNameEn, suggestedFields }: FormSketch): FormDocument {
  const group = grouped(suggestedFields.filter(({ path }) => path[0] !== 'remark'));
  const fields = groupSchema(group);
  const remark = {
    type: 'string',
    maxLength: MAX_TEXT,
    ...words(chinese['generated.remark'], english['generated.remark']),
  };
  return {
    schema: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      ...words(taskName, taskNameEn ?? taskName),
      ...fields,
      properties: { ...fields.properties, remark },
    },
    ui: { ...groupUi(group), remark: { 'ui:widget': 'textarea' } },
  };
}
