import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../engine/core/json.ts';
import { compileDecisions, decisionIn, evaluateDecision } from '../../engine/dmn/index.ts';
import { tckCases } from './tck-cases.ts';

const folder = join(import.meta.dirname, '../../../shared/conformance/dmn');
const env = { at: '2026-03-02T00:00:00.000Z', zone: 'UTC' };

const suites = ['level-2', 'level-3'].flatMap((level) => {
  const place = join(folder, level);
  return existsSync(place)
    ? readdirSync(place).map((name) => ({ name: `${level}/${name}`, path: join(place, name) }))
    : [];
});

/** Numbers are compared to twelve digits: the kit writes more than JSON numbers hold. */
function comparable(value: unknown): unknown {
  if (typeof value === 'number') return Number(value.toPrecision(12));
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, comparable(inner)]));
}

function idByName(decisions: JsonObject, name: string): string {
  return Object.keys(decisions).find((id) => decisionIn(decisions, id)?.name === name) ?? name;
}

describe.skipIf(suites.length === 0)('DMN test kit', () => {
  test.each(suites)('$name', async ({ path }) => {
    const files = readdirSync(path);
    const model = files.find((file) => file.endsWith('.dmn')) ?? '';
    const { decisions, findings } = await compileDecisions({ [model]: readFileSync(join(path, model), 'utf8') });
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    for (const file of files.filter((name) => name.endsWith('.xml'))) {
      for (const { id, inputs, results } of tckCases(readFileSync(join(path, file), 'utf8'))) {
        for (const { name, expected } of results) {
          const result = evaluateDecision(decisions, idByName(decisions, name), inputs, env);
          const value = result.ok ? result.value : `${result.code}: ${result.message}`;
          expect.soft(comparable(value), `case ${id}, ${name}`).toEqual(comparable(expected));
        }
      }
    }
  });
});
