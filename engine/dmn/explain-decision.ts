import type { JsonObject } from '../core/json.ts';
import { type DecisionTable, decisionIn, type Logic } from './decision-model.ts';

/** A decision as its author sees it, to tell what stands in a trace. */
export type DecisionFacts = {
  readonly name: string;
  /** What its author says of it. */
  readonly description?: string;
  /** Further words for inputs, by label. */
  readonly inputs: Readonly<Record<string, string>>;
  /** By id: which row of its table a rule is, counted from 1, and what is noted beside it. */
  readonly rules: Readonly<Record<string, { readonly number: number; readonly note?: string }>>;
};

/** What a decision's author wrote of its tables, those of its boxes and of the knowledge it calls among them. */
export function explainDecision(decisions: JsonObject, id: string): DecisionFacts | undefined {
  const decision = decisionIn(decisions, id);
  if (!decision) return undefined;
  const tables = [decision.logic, ...decision.knowledge.map(({ logic }) => logic)].flatMap(tablesIn);
  const inputs = tables.flatMap((table) =>
    table.inputs.flatMap(({ label, description }) => (description ? [[label, description]] : [])),
  );
  const rules = tables.flatMap((table) =>
    table.rules.map(({ id: rule, note }, index) => [
      rule,
      { number: index + 1, ...(note === undefined ? {} : { note }) },
    ]),
  );
  const { name, description } = decision;
  return {
    name,
    ...(description === undefined ? {} : { description }),
    inputs: Object.fromEntries(inputs),
    rules: Object.fromEntries(rules),
  };
}

function tablesIn(logic: Logic): readonly DecisionTable[] {
  switch (logic.kind) {
    case 'table':
      return [logic];
    case 'list':
      return logic.items.flatMap(tablesIn);
    case 'relation':
      return logic.rows.flat().flatMap(tablesIn);
    case 'context':
      return logic.entries.flatMap((entry) => tablesIn(entry.logic));
    case 'invocation':
      return logic.bindings.flatMap((binding) => tablesIn(binding.logic));
    case 'function':
      return tablesIn(logic.logic);
    case 'conditional':
      return [logic.condition, logic.positive, logic.negative].flatMap(tablesIn);
    case 'filter':
      return [logic.in, logic.match].flatMap(tablesIn);
    case 'for':
    case 'some':
    case 'every':
      return [logic.in, logic.each].flatMap(tablesIn);
    case 'literal':
      return [];
  }
}
