import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '../../engine/core/json.ts';
import { compileDecisions, decisionIn, evaluateDecision } from '../../engine/dmn/index.ts';
import { type TckCase, tckCases } from './tck-cases.ts';

/** What came of one case of the DMN test kit. */
export type DmnResult = { readonly id: string; readonly failures: readonly string[] };

const env = { at: '2026-03-02T00:00:00.000Z', zone: 'UTC' };

/** Runs every case of a folder of the DMN test kit. */
export async function playDmnFolder(path: string): Promise<readonly DmnResult[]> {
  const files = readdirSync(path);
  const textOf = (file: string) => readFileSync(join(path, file), 'utf8');
  const models = files.filter((file) => file.endsWith('.dmn')).map((file) => [file, textOf(file)] as const);
  const { decisions, findings } = await compileDecisions(Object.fromEntries(models));
  const refused = findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  const cases = files.filter((file) => file.endsWith('.xml')).flatMap((file) => tckCases(textOf(file)));
  return cases.map((one) => ({ id: one.id, failures: [...refused, ...failuresOf(decisions, one)] }));
}

function failuresOf(decisions: JsonObject, { inputs, results }: TckCase): string[] {
  return results.flatMap(({ name, expected }) => {
    const result = evaluateDecision(decisions, idByName(decisions, name), inputs, env);
    const value = result.ok ? result.value : `${result.code}: ${result.message}`;
    const same = isDeepStrictEqual(comparable(value), comparable(expected));
    return same ? [] : [`${name}: expected ${JSON.stringify(expected)}, but ${JSON.stringify(value)}`];
  });
}

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
