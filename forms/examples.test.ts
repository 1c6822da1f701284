import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../engine/index.ts';
import { compileForm } from './compile-form.ts';
import { checkForm } from './form-dialect.ts';
import { isNode, nodeAt, type SchemaNode } from './json-shape.ts';
import { validateForm } from './validate-form.ts';

type Examples = {
  readonly valid: readonly JsonObject[];
  readonly invalid: readonly { readonly data: JsonObject; readonly path: string }[];
};

const folder = import.meta.dirname;
const suffix = '.schema.json';

const forms = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) =>
    readdirSync(join(folder, name))
      .filter((file) => file.endsWith(suffix))
      .map((file) => ({ form: `${name}/${file.slice(0, -suffix.length)}` })),
  );

function readJson<T>(form: string, kind: string): T {
  return JSON.parse(readFileSync(join(folder, `${form}.${kind}.json`), 'utf8'));
}

/** Examples are told without a task, so read-only fields come from the example itself and case rules are left out. */
function verdict(schema: SchemaNode, data: JsonObject) {
  return validateForm({ schema, compiled: compileForm(schema), data, input: data, evaluate: () => true });
}

/** Names of whole numbers that are fen wherever a form of ours has them. */
const fenNames = /^(unitPrice|amount|amountDue|owed|\w+(Pay|Back|Price))$/;

/** Places of fen that would be shown as they are. */
function bareFen(schema: SchemaNode, ui: SchemaNode, path: string): readonly string[] {
  const columns = [nodeAt(ui, 'ui:options').money].flat();
  const inner = Object.entries(nodeAt(schema, 'properties')).flatMap(([name, field]) => {
    if (!isNode(field)) return [];
    const hint = nodeAt(ui, name);
    const bare = field.type === 'integer' && fenNames.test(name) && hint['ui:widget'] !== 'money';
    return [...(bare ? [`${path}/${name}`] : []), ...bareFen(field, hint, `${path}/${name}`)];
  });
  const items = isNode(schema.items) ? bareFen(schema.items, nodeAt(ui, 'items'), path) : [];
  return [...inner, ...items.filter((place) => !columns.includes(place.split('/').at(-1)))];
}

test.each(forms)('$form shows no fen', ({ form }) => {
  expect(bareFen(readJson<SchemaNode>(form, 'schema'), readJson<SchemaNode>(form, 'ui'), '')).toEqual([]);
});

describe('every form keeps its examples', () => {
  test.each(forms)('$form', ({ form }) => {
    expect(existsSync(join(folder, `${form}.ui.json`))).toBe(true);
    const schema = readJson<SchemaNode>(form, 'schema');
    expect.soft(checkForm(form, { schema, ui: readJson<SchemaNode>(form, 'ui') })).toEqual([]);
    const { valid, invalid } = readJson<Examples>(form, 'examples');
    expect(valid.length).toBeGreaterThan(0);
    expect(invalid.length).toBeGreaterThan(0);
    for (const data of valid) expect.soft(verdict(schema, data)).toEqual({ ok: true, data });
    for (const { data, path } of invalid) {
      const result = verdict(schema, data);
      const places = result.ok ? [] : result.problems.flatMap((problem) => [problem.path, containerOf(problem.path)]);
      expect.soft(places, JSON.stringify(data)).toContain(path);
    }
  });
});

/** An example may name a missing field or the group it is missing from. */
function containerOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
