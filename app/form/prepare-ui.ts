/** Schema and ui hints as parsed JSON. */
type Node = Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asNode(value: unknown): Node {
  return isNode(value) ? value : {};
}

/** Every place where a schema may name further properties: its own, and those of its conditional branches. */
function branches(schema: Node): readonly Node[] {
  const lists = ['allOf', 'anyOf', 'oneOf'].flatMap((key) => (Array.isArray(schema[key]) ? schema[key] : []));
  const single = ['then', 'else'].map((key) => schema[key]);
  const dependent = Object.values(asNode(schema.dependentSchemas));
  return [...lists, ...single, ...dependent].filter(isNode);
}

/** Properties of a schema with those its conditions may add, in order. */
export function allProperties(schema: Node): ReadonlyMap<string, Node> {
  const found = new Map<string, Node>();
  for (const [name, inner] of Object.entries(asNode(schema.properties))) if (isNode(inner)) found.set(name, inner);
  for (const branch of branches(schema)) {
    for (const [name, inner] of allProperties(branch)) if (!found.has(name)) found.set(name, inner);
  }
  return found;
}

function isPlain(schema: Node): boolean {
  if (schema.type === 'object' || schema.properties !== undefined) return false;
  return schema.type !== 'array' || asNode(asNode(schema).items).type !== 'object';
}

/** More columns would run out of a screen 1366 pixels wide, the last ones out of sight. */
const mostColumns = 12;

/** Whether a list's items fit into the rows of a table: objects with few fields that hold nothing nested. */
export function isTableOfFields(schema: Node): boolean {
  const items = asNode(schema.items);
  const fields = [...allProperties(items).values()];
  return schema.type === 'array' && fields.length > 0 && fields.length <= mostColumns && fields.every(isPlain);
}

function chosen(ui: Node): unknown {
  return ui['ui:field'] ?? ui['ui:widget'] ?? asNode(ui['ui:options']).widget;
}

/** Fields of a row that have a column: those whose widget is not hidden. */
export function shownColumns(schema: Node, ui: unknown): readonly (readonly [string, Node])[] {
  const hints = asNode(ui);
  return [...allProperties(schema)].filter(([name]) => chosen(asNode(hints[name])) !== 'hidden');
}

function normalise(schema: Node, ui: Node): Node {
  const { 'ui:field': _field, 'ui:widget': _widget, ...rest } = ui;
  const wanted = chosen(ui);
  if (wanted === 'table') return { ...rest, 'ui:field': 'table' };
  if (wanted === 'checklist') {
    return schema.type === 'object' ? { ...rest, 'ui:field': 'ticks' } : { ...rest, 'ui:widget': 'checklist' };
  }
  // Codes are scanned one after the other into one field, not row by row.
  const scans = schema.type === 'array' && wanted === undefined && chosen(asNode(ui.items)) === 'scan';
  if (scans) return { ...rest, 'ui:widget': 'scan' };
  const shownOnly = schema.readOnly === true && (schema.type === 'array' || schema.type === 'object');
  return shownOnly && wanted === undefined ? { ...rest, 'ui:field': 'table' } : ui;
}

function withOptions(ui: Node, options: Node): Node {
  return { ...ui, 'ui:options': { ...asNode(ui['ui:options']), ...options } };
}

/**
 * The ui hints as the renderer needs them: our names for fields resolved, an order that lets conditional fields appear,
 * lists of plain objects laid out as tables.
 */
export function prepareUi(schema: Node, ui: Node): Node {
  const own = normalise(schema, ui);
  if (own['ui:field'] !== undefined) return own;
  const properties = allProperties(schema);
  const inner = [...properties].map(([name, one]): [string, Node] => [name, prepareUi(one, asNode(ui[name]))]);
  const order =
    Array.isArray(own['ui:order']) && !own['ui:order'].includes('*') ? [...own['ui:order'], '*'] : own['ui:order'];
  const prepared = { ...own, ...Object.fromEntries(inner), ...(order === undefined ? {} : { 'ui:order': order }) };
  const { items } = schema;
  if (schema.type !== 'array' || !isNode(items)) return prepared;
  const itemUi = prepareUi(items, asNode(ui.items));
  return { ...prepared, items: isTableOfFields(schema) ? asRow(items, itemUi) : itemUi };
}

function asRow(items: Node, ui: Node): Node {
  const names = [...allProperties(items).keys()];
  const cells = names.map((name): [string, Node] => [name, withOptions(asNode(ui[name]), { compact: true })]);
  return withOptions({ ...ui, ...Object.fromEntries(cells) }, { row: true });
}
