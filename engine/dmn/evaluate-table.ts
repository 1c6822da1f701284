import type { DecisionTable, TableRule } from './decision-model.ts';
import { type Evaluation, expressionValue, passes, type Scope, type TableTrace, typed } from './evaluation.ts';
import { DecisionFailure } from './failure.ts';
import { aggregated, agreed, byPriority, type Match } from './hit-policy.ts';

/** Evaluates a decision table by its hit policy. */
export function evaluateTable(evaluation: Evaluation, table: DecisionTable, scope: Scope): TableTrace {
  const values = table.inputs.map(({ expression, type, label }) =>
    typed(evaluation, expressionValue(evaluation, expression, scope), type, label),
  );
  const inputs = Object.fromEntries(table.inputs.map(({ label }, index) => [label, values[index] ?? null]));
  const matching = matchingRules(evaluation, table, values, scope);
  if (table.hitPolicy === 'UNIQUE' && matching.length > 1) {
    const ids = matching.map(({ id }) => id).join(', ');
    throw new DecisionFailure('several-rules-match', `Expected at most one matching rule, but these match: ${ids}`);
  }
  const matches = matching.map((rule) => matchOf(evaluation, table, rule, scope));
  const used = usedMatches(evaluation, table, matches, scope);
  return { value: tableValue(evaluation, table, used, scope), ruleIds: used.map(({ ruleId }) => ruleId), inputs };
}

function matchingRules(
  evaluation: Evaluation,
  table: DecisionTable,
  values: readonly unknown[],
  scope: Scope,
): readonly TableRule[] {
  const holds = (rule: TableRule): boolean =>
    rule.tests.every((tests, index) => tests === null || passes(evaluation, tests, values[index] ?? null, scope));
  if (table.hitPolicy !== 'FIRST') return table.rules.filter(holds);
  const first = table.rules.find(holds);
  return first === undefined ? [] : [first];
}

function matchOf(evaluation: Evaluation, table: DecisionTable, rule: TableRule, scope: Scope): Match {
  const outputs = table.outputs.map(({ type, name }, index) => {
    const entry = rule.entries[index];
    if (entry === undefined) return null;
    return typed(
      evaluation,
      expressionValue(evaluation, entry, scope),
      type,
      `${name ?? 'the output'} of rule ${rule.id}`,
    );
  });
  return { ruleId: rule.id, outputs };
}

/** The matches whose answers count, in the order they count in. */
function usedMatches(
  evaluation: Evaluation,
  table: DecisionTable,
  matches: readonly Match[],
  scope: Scope,
): readonly Match[] {
  const ordered = () =>
    byPriority(
      matches,
      table.outputs.map(({ priorities }) => priorities.map((value) => expressionValue(evaluation, value, scope))),
    );
  switch (table.hitPolicy) {
    case 'ANY': {
      const match = agreed(matches);
      return match === undefined ? [] : [match];
    }
    case 'PRIORITY':
      return ordered().slice(0, 1);
    case 'OUTPUT ORDER':
      return ordered();
    default:
      return matches;
  }
}

const MULTIPLE = new Set(['COLLECT', 'RULE ORDER', 'OUTPUT ORDER']);

function tableValue(evaluation: Evaluation, table: DecisionTable, used: readonly Match[], scope: Scope): unknown {
  if (used.length === 0) {
    const fallback = defaultValue(evaluation, table, scope);
    if (fallback !== undefined) return fallback;
  }
  if (!MULTIPLE.has(table.hitPolicy)) return used[0] === undefined ? null : answerOf(table, used[0].outputs);
  if (table.aggregation === undefined) return used.map(({ outputs }) => answerOf(table, outputs));
  return aggregated(
    table.aggregation,
    used.map(({ outputs }) => outputs[0]),
  );
}

/** One output column: its value. Several: a context by their names. */
function answerOf({ outputs }: DecisionTable, values: readonly unknown[]): unknown {
  if (outputs.length === 1) return values[0];
  return Object.fromEntries(outputs.map(({ name }, index) => [name ?? `output${index + 1}`, values[index]]));
}

function defaultValue(evaluation: Evaluation, table: DecisionTable, scope: Scope): unknown {
  if (table.outputs.every(({ defaultEntry }) => defaultEntry === undefined)) return undefined;
  const values = table.outputs.map(({ defaultEntry, type, name }) =>
    defaultEntry === undefined
      ? null
      : typed(
          evaluation,
          expressionValue(evaluation, defaultEntry, scope),
          type,
          `the default of ${name ?? 'the output'}`,
        ),
  );
  return answerOf(table, values);
}
