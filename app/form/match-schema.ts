/** A JSON Schema as the browser knows it: any JSON. */
type Schema = unknown;

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function schemas(value: unknown): readonly Schema[] {
  return Array.isArray(value) ? value : [];
}

/** Equality of JSON values, whatever the order of keys. */
export function sameJson(one: unknown, other: unknown): boolean {
  if (Array.isArray(one)) {
    return Array.isArray(other) && one.length === other.length && one.every((item, i) => sameJson(item, other[i]));
  }
  if (isObject(one)) {
    if (!isObject(other)) return false;
    const keys = Object.keys(one);
    return keys.length === Object.keys(other).length && keys.every((key) => sameJson(one[key], other[key]));
  }
  return one === other;
}

function hasType(type: unknown, data: unknown): boolean {
  switch (type) {
    case 'null':
      return data === null;
    case 'array':
      return Array.isArray(data);
    case 'object':
      return isObject(data);
    case 'integer':
      return Number.isInteger(data);
    default:
      // The schema's other type names are those of typeof.
      return typeof data === type;
  }
}

function resolve(ref: string, root: Schema): Schema {
  if (!ref.startsWith('#')) return true;
  const parts = ref.slice(1).split('/').filter(Boolean);
  return parts.reduce<unknown>((at, part) => {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    return isObject(at) ? at[key] : Array.isArray(at) ? at[Number(key)] : undefined;
  }, root);
}

function within(schema: Readonly<Record<string, unknown>>, size: number, low: string, high: string): boolean {
  const [least, most] = [schema[low], schema[high]];
  return !(typeof least === 'number' && size < least) && !(typeof most === 'number' && size > most);
}

function matchesNumber(schema: Readonly<Record<string, unknown>>, data: number): boolean {
  if (!within(schema, data, 'minimum', 'maximum')) return false;
  const { exclusiveMinimum: above, exclusiveMaximum: below } = schema;
  return !(typeof above === 'number' && data <= above) && !(typeof below === 'number' && data >= below);
}

function matchesText(schema: Readonly<Record<string, unknown>>, data: string): boolean {
  if (!within(schema, [...data].length, 'minLength', 'maxLength')) return false;
  return typeof schema.pattern !== 'string' || new RegExp(schema.pattern, 'u').test(data);
}

function matchesArray(schema: Readonly<Record<string, unknown>>, data: readonly unknown[], root: Schema): boolean {
  if (!within(schema, data.length, 'minItems', 'maxItems')) return false;
  if (schema.items !== undefined && !data.every((item) => matchesSchema(schema.items, item, root))) return false;
  return schema.contains === undefined || data.some((item) => matchesSchema(schema.contains, item, root));
}

function matchesObject(
  schema: Readonly<Record<string, unknown>>,
  data: Readonly<Record<string, unknown>>,
  root: Schema,
): boolean {
  // A field the user has not filled in yet is undefined, which JSON does not know: it counts as absent.
  const has = (key: string) => data[key] !== undefined;
  if (!schemas(schema.required).every((key) => typeof key === 'string' && has(key))) return false;
  const properties = isObject(schema.properties) ? schema.properties : {};
  return Object.entries(properties).every(([key, inner]) => !has(key) || matchesSchema(inner, data[key], root));
}

function matchesCombinations(schema: Readonly<Record<string, unknown>>, data: unknown, root: Schema): boolean {
  const holds = (inner: Schema) => matchesSchema(inner, data, root);
  if (!schemas(schema.allOf).every(holds)) return false;
  if (schema.anyOf !== undefined && !schemas(schema.anyOf).some(holds)) return false;
  if (schema.oneOf !== undefined && schemas(schema.oneOf).filter(holds).length !== 1) return false;
  if (schema.not !== undefined && holds(schema.not)) return false;
  if (schema.if === undefined) return true;
  const branch = holds(schema.if) ? schema.then : schema.else;
  return branch === undefined || holds(branch);
}

/**
 * Whether data fit a JSON Schema, by reading the schema instead of compiling it, as the page's security policy forbids
 * code made from text. It decides only which conditional fields the browser shows; whether a form is accepted is decided
 * by the server. Covers what the form dialect uses; keywords it does not know hold.
 */
export function matchesSchema(schema: Schema, data: unknown, root: Schema): boolean {
  if (typeof schema === 'boolean') return schema;
  if (!isObject(schema)) return true;
  if (typeof schema.$ref === 'string' && !matchesSchema(resolve(schema.$ref, root), data, root)) return false;
  if (schema.const !== undefined && !sameJson(schema.const, data)) return false;
  if (schema.enum !== undefined && !schemas(schema.enum).some((one) => sameJson(one, data))) return false;
  if (schema.type !== undefined && data !== undefined) {
    const types = Array.isArray(schema.type) ? schema.type : [schema.type];
    if (!types.some((type) => hasType(type, data))) return false;
  }
  if (typeof data === 'number' && !matchesNumber(schema, data)) return false;
  if (typeof data === 'string' && !matchesText(schema, data)) return false;
  if (Array.isArray(data) && !matchesArray(schema, data, root)) return false;
  if (isObject(data) && !matchesObject(schema, data, root)) return false;
  return matchesCombinations(schema, data, root);
}
