import { memberSchema } from './field-title.ts';
import type { FormFindings } from './form-findings.ts';
import { isNode, nodeAt, nodesAt, pointerStep, resolved, type SchemaNode } from './json-shape.ts';

/** Widgets the task page can show: ours and the renderer's own. */
export const WIDGETS: ReadonlySet<string> = new Set([
  ...['money', 'scan', 'checklist', 'signature', 'lookup', 'table', 'textarea', 'radio', 'select', 'checkbox'],
  ...['checkboxes', 'date', 'date-time', 'datetime', 'time', 'updown', 'range', 'text', 'email', 'uri', 'hidden'],
]);

/** Fields of ours that stand for a whole list. */
export const FIELDS: ReadonlySet<string> = new Set(['table', 'checklist']);

/** Names a schema declares at its top level, under conditions included. */
export function declaredNames(schema: SchemaNode, root: SchemaNode): ReadonlySet<string> {
  const own = resolved(schema, root);
  const names = new Set(Object.keys(nodeAt(own, 'properties')));
  const parts = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => nodesAt(own, keyword));
  const branches = ['then', 'else'].map((keyword) => own[keyword]);
  for (const part of [...parts, ...branches, ...Object.values(nodeAt(own, 'dependentSchemas'))]) {
    if (isNode(part)) for (const name of declaredNames(part, root)) names.add(name);
  }
  return names;
}

/** Checks a ui schema against the form's schema: known widgets, known fields, and an order that leaves none out. */
export function checkUi(ui: SchemaNode, root: SchemaNode, findings: FormFindings): void {
  checkNode(ui, root, root, 'ui:', findings);
}

function checkNode(ui: SchemaNode, schema: SchemaNode, root: SchemaNode, path: string, findings: FormFindings): void {
  const widget = ui['ui:widget'];
  if (widget !== undefined && !(typeof widget === 'string' && WIDGETS.has(widget))) {
    findings.add('error', 'form-widget', path, `Expected a known widget, but got ${String(widget)}`);
  }
  const field = ui['ui:field'];
  if (field !== undefined && !(typeof field === 'string' && FIELDS.has(field))) {
    findings.add('error', 'form-widget', path, `Expected a known field, but got ${String(field)}`);
  }
  if (widget === 'lookup' && typeof nodeAt(ui, 'ui:options').lookup !== 'string') {
    findings.add('error', 'form-lookup', path, 'Expected the name of a lookup, but there is none');
  }
  checkOrder(ui['ui:order'], schema, root, path, findings);
  for (const [name, inner] of Object.entries(ui)) {
    if (name.startsWith('ui:') || !isNode(inner)) continue;
    const member = name === 'items' ? itemsOf(schema, root) : memberSchema(schema, name, root);
    const place = `${path}${pointerStep(name)}`;
    if (member === undefined)
      findings.add('error', 'form-ui-field', place, `Expected a field ${name}, but there is none`);
    else checkNode(inner, member, root, place, findings);
  }
}

function itemsOf(schema: SchemaNode, root: SchemaNode): SchemaNode | undefined {
  const { items } = resolved(schema, root);
  return isNode(items) ? resolved(items, root) : memberSchema(schema, 'items', root);
}

/** The renderer stops at a field the order leaves out. */
function checkOrder(order: unknown, schema: SchemaNode, root: SchemaNode, path: string, findings: FormFindings): void {
  if (!Array.isArray(order) || order.includes('*')) return;
  const names = declaredNames(schema, root);
  for (const name of names) {
    if (order.includes(name)) continue;
    findings.add('error', 'form-order', path, `Expected every field in ui:order, but ${name} is missing`);
  }
  for (const name of order) {
    if (typeof name === 'string' && names.has(name)) continue;
    findings.add('warning', 'form-order', path, `Expected fields of the form in ui:order, but got ${String(name)}`);
  }
}
