import type { FormDocument } from '../../engine/index.ts';

const comparison = /([A-Za-z_][\w]*)\s*(?:=|!=|<=|>=|<|>)\s*("(?:[^"\\]|\\.)*"|true\b|false\b|-?\d+(?:\.\d+)?)/g;
const bareName = /^=?\s*(?:not\()?\s*([A-Za-z_]\w*)\s*\)?$/;
const condition = /<(?:\w+:)?conditionExpression[^>]*>([\s\S]*?)<\/(?:\w+:)?conditionExpression>/g;

function decode(xml: string): string {
  const named: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return xml
    .replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, '$1')
    .replace(/&(lt|gt|quot|apos|amp);/g, (_whole, name: string) => named[name] ?? '')
    .replace(/^\s*\$?\{|\}\s*$/g, '')
    .trim();
}

/** Values a variable is compared with in the diagram's conditions, by variable. */
export function comparedValues(bpmn: string): ReadonlyMap<string, ReadonlySet<string | number | boolean>> {
  const found = new Map<string, Set<string | number | boolean>>();
  const add = (name: string, value: string | number | boolean) => {
    found.set(name, (found.get(name) ?? new Set()).add(value));
  };
  for (const [, body = ''] of bpmn.matchAll(condition)) {
    const text = decode(body);
    const [, bare] = bareName.exec(text) ?? [];
    if (bare) add(bare, true);
    for (const [, name = '', literal = ''] of text.matchAll(comparison)) {
      const value: unknown = JSON.parse(literal);
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') add(name, value);
    }
  }
  return found;
}

function fieldFor(name: string, values: ReadonlySet<string | number | boolean>) {
  const all = [...values];
  if (all.every((value) => typeof value === 'boolean')) return { title: name, type: 'boolean' };
  if (all.every((value) => typeof value === 'number')) return { title: name, type: 'number' };
  // The values the diagram knows are offered, any other may be typed.
  return { title: name, type: 'string', maxLength: 200, examples: all.map(String) };
}

/**
 * A plain form for a task that names none, as in diagrams drawn elsewhere: one field for each variable the diagram's
 * conditions ask for and the case does not have yet, and a remark.
 * @param known names the case already has values for
 */
export function generateForm(bpmn: string, known: readonly string[]): FormDocument {
  const asked = [...comparedValues(bpmn)].filter(([name]) => !known.includes(name));
  const fields = asked.map(([name, values]): [string, object] => [name, fieldFor(name, values)]);
  return {
    schema: {
      type: 'object',
      properties: {
        ...Object.fromEntries(fields),
        remark: { type: 'string', title: '备注', 'x-i18n': { en: { title: 'Remark' } }, maxLength: 2000 },
      },
    },
    ui: { remark: { 'ui:widget': 'textarea' } },
  };
}
