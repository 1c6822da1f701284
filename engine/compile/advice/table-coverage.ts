import { type Decision, type DecisionTable, decisionIn, type Logic } from '../../dmn/index.ts';
import {
  type Predicate,
  type PredicateLiteral,
  type PredicateTerm,
  predicateOfTests,
  termOf,
} from '../../feel/index.ts';
import type { Finding } from '../../ir/finding.ts';
import { type AdviceRule, warning } from './advised.ts';
import { areIndependent, comparisonsOf, judge, showValue, type TermValue, valuesOf } from './term-values.ts';

/** Most steps of looking for a gap, and most pairs of rules compared, in one table; where there are more, nothing is said. */
const maximumSteps = 50_000;

/** Decision tables with inputs that no rule answers, and tables of one hit with rules that answer the same input. */
export const tableCoverage: AdviceRule = ({ definition }) =>
  Object.keys(definition.decisions).flatMap((id) => {
    const decision = decisionIn(definition.decisions, id);
    return decision ? tablesIn(decision).flatMap((table) => findingsOf(decision, table)) : [];
  });

function tablesIn(decision: Decision): readonly DecisionTable[] {
  return [decision.logic, ...decision.knowledge.map(({ logic }) => logic)].flatMap(tablesOf);
}

function tablesOf(logic: Logic): readonly DecisionTable[] {
  if (logic.kind === 'table') return [logic];
  if (logic.kind === 'context') return logic.entries.flatMap((entry) => tablesOf(entry.logic));
  return logic.kind === 'list' ? logic.items.flatMap(tablesOf) : [];
}

/** A column with the values to look at, and what each rule says of its term; a null says nothing. */
type Column = {
  readonly term: PredicateTerm;
  readonly values: readonly { readonly value: TermValue; readonly shown: string }[];
  readonly tests: readonly (Predicate | undefined | null)[];
};

function findingsOf(decision: Decision, table: DecisionTable): readonly Finding[] {
  const columns = table.inputs.flatMap((_, index) => columnOf(table, index) ?? []);
  if (columns.length < table.inputs.length || !areIndependent(columns.map(({ term }) => term))) return [];
  return [...gapIn(decision, table, columns), ...overlapIn(decision, table, columns)];
}

function columnOf({ inputs, rules }: DecisionTable, index: number): Column | undefined {
  const input = inputs[index];
  const term = input && termOf(input.expression.feel, input.expression.names);
  if (!term) return undefined;
  const tests = rules.map((rule) => {
    const cell = rule.tests[index];
    return cell ? predicateOfTests(cell.feel, term, cell.names) : null;
  });
  const allowed = input.allowed && predicateOfTests(input.allowed.feel, term, input.allowed.names);
  const literals = [...tests, allowed]
    .flatMap((test) => (test ? comparisonsOf(test) : []))
    .filter((one) => one.term.text === term.text)
    .map(({ literal }) => literal);
  const isBoolean = input.type.kind === 'basic' && input.type.type === 'boolean';
  const values = valuesOf(term, isBoolean ? [...literals, truth] : literals)
    .filter((value) => !allowed || judge(allowed, new Map([[term.text, value]])) !== false)
    .map((value) => ({ value, shown: showValue(term.text, value, literals) }));
  return { term, values, tests };
}

const truth: PredicateLiteral = { type: 'boolean', value: true };

/** Whether the rule's test lets the value pass; undefined where that cannot be told. */
function passes({ term, tests }: Column, rule: number, value: TermValue): boolean | undefined {
  const test = tests[rule];
  if (test === null) return true;
  return test && judge(test, new Map([[term.text, value]]));
}

function gapIn(decision: Decision, table: DecisionTable, columns: readonly Column[]): readonly Finding[] {
  const mustAnswer = ['UNIQUE', 'FIRST', 'ANY', 'PRIORITY'].includes(table.hitPolicy);
  if (!mustAnswer || table.outputs.every(({ defaultEntry }) => defaultEntry !== undefined)) return [];
  const everyRule = table.rules.map((_, index) => index);
  const gap = firstGap(columns, everyRule, { left: maximumSteps });
  if (!gap) return [];
  const when = gap.join(', ');
  const expected = `a rule of decision ${decision.name} for every input`;
  return [warning('table-gap', decision.id, expected, `there is none when ${when}`, { when, decision: decision.name })];
}

/** The first input that every rule refuses for certain. */
function firstGap(
  [column, ...others]: readonly Column[],
  candidates: readonly number[],
  steps: { left: number },
): readonly string[] | undefined {
  if (candidates.length === 0) return [];
  if (!column || steps.left <= 0) return undefined;
  if (candidates.some((rule) => [column, ...others].every(({ tests }) => tests[rule] === null))) return undefined;
  for (const { value, shown } of column.values) {
    steps.left -= 1;
    const rest = firstGap(
      others,
      candidates.filter((rule) => passes(column, rule, value) !== false),
      steps,
    );
    if (rest) return [shown, ...rest];
  }
  return undefined;
}

function overlapIn(decision: Decision, table: DecisionTable, columns: readonly Column[]): readonly Finding[] {
  const single = table.hitPolicy === 'UNIQUE' || table.hitPolicy === 'ANY';
  if (!single || (table.rules.length * table.rules.length) / 2 > maximumSteps) return [];
  return table.rules.flatMap((rule, first) =>
    table.rules.slice(first + 1).flatMap((other, offset) => {
      const second = first + 1 + offset;
      const agree = table.hitPolicy === 'ANY' && sameAnswer(rule, other);
      const shared = agree ? undefined : sharedInput(columns, first, second);
      if (!shared) return [];
      const when = shared.join(', ') || '…';
      const params = { when, decision: decision.name, first: first + 1, second: second + 1 };
      const but = `rules ${first + 1} and ${second + 1} both answer when ${when}`;
      return [
        warning('table-overlap', decision.id, `one answer of decision ${decision.name} to an input`, but, params),
      ];
    }),
  );
}

function sameAnswer(one: DecisionTable['rules'][number], other: DecisionTable['rules'][number]): boolean {
  return one.entries.every(({ feel }, index) => feel.trim() === other.entries[index]?.feel.trim());
}

/** An input that both rules answer for certain. Columns neither asks are left out. */
function sharedInput(columns: readonly Column[], first: number, second: number): readonly string[] | undefined {
  const shared: string[] = [];
  for (const column of columns) {
    if (column.tests[first] === null && column.tests[second] === null) continue;
    const both = column.values.find(({ value }) => passes(column, first, value) && passes(column, second, value));
    if (!both) return undefined;
    shared.push(both.shown);
  }
  return shared;
}
