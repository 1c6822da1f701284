import { asFunction, EvaluationFailure, feelFunction, feelTypeOf, isContextValue, normalName } from '../feel/index.ts';
import type { BoxedFunction, Knowledge, Logic, TypedName } from './decision-model.ts';
import { evaluateTable } from './evaluate-table.ts';
import { type Evaluation, expressionValue, type Scope, typed } from './evaluation.ts';
import { DecisionFailure } from './failure.ts';

/** Functions under way at a time: logic handed to itself would have no end. */
const MAX_NESTED_CALLS = 100;

/** What a piece of logic gives. The tables in it leave their traces in the evaluation. */
export function logicValue(evaluation: Evaluation, logic: Logic, scope: Scope): unknown {
  const answer = (inner: Logic, more: Scope = {}) => logicValue(evaluation, inner, { ...scope, ...more });
  switch (logic.kind) {
    case 'literal':
      return typed(evaluation, expressionValue(evaluation, logic.expression, scope), logic.type, 'the result');
    case 'table': {
      const result = evaluateTable(evaluation, logic, scope);
      evaluation.tables.push(result);
      return result.value;
    }
    case 'list':
      return logic.items.map((item) => answer(item));
    case 'relation':
      return relationValue(evaluation, logic, scope);
    case 'context':
      return contextValue(evaluation, logic.entries, scope);
    case 'invocation':
      return invocationValue(evaluation, logic, scope);
    case 'function':
      return functionValue(evaluation, logic, scope);
    case 'conditional':
      return answer(answer(logic.condition) === true ? logic.positive : logic.negative);
    case 'filter':
      return filtered(listOf(answer(logic.in), 'what is filtered'), (item) =>
        answer(logic.match, { ...membersOf(item), item }),
      );
    case 'for':
      return returned(logic, listOf(answer(logic.in), logic.variable), answer);
    case 'some':
    case 'every':
      return quantified(
        logic.kind,
        listOf(answer(logic.in), logic.variable).map((item) =>
          answer(logic.each, { [normalName(logic.variable)]: item }),
        ),
      );
  }
}

/** One value is a list of one; null is a list of none. */
function listOf(value: unknown, place: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (value === null || value === undefined) return [];
  const type = feelTypeOf(value);
  if (type === 'range' || type === 'function')
    throw new DecisionFailure('wrong-type', `Expected a list for ${place}, but it is a ${type}`);
  return [value];
}

function membersOf(item: unknown): Scope {
  if (!isContextValue(item)) return {};
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [normalName(name), value]));
}

/** As `list[match]` in FEEL: a condition chooses, a number counts, from the end where it is negative. */
function filtered(list: readonly unknown[], match: (item: unknown) => unknown): unknown {
  const answers = list.map(match);
  const [first] = answers;
  if (typeof first === 'number') return list.at(first > 0 ? first - 1 : first === 0 ? list.length : first) ?? null;
  return list.filter((_, index) => answers[index] === true);
}

function returned(
  { variable, each, readsPartial }: Extract<Logic, { kind: 'for' }>,
  list: readonly unknown[],
  answer: (logic: Logic, more: Scope) => unknown,
): unknown {
  const partial: unknown[] = [];
  for (const item of list)
    partial.push(answer(each, { ...(readsPartial && { partial: [...partial] }), [normalName(variable)]: item }));
  return partial;
}

/** In three values: what is neither true nor false leaves the answer open. */
function quantified(kind: 'some' | 'every', answers: readonly unknown[]): boolean | null {
  const decisive = kind === 'some';
  if (answers.includes(decisive)) return decisive;
  return answers.every((answer) => answer === !decisive) ? !decisive : null;
}

function relationValue(
  evaluation: Evaluation,
  { rows, columns }: Extract<Logic, { kind: 'relation' }>,
  scope: Scope,
): unknown {
  return rows.map((cells) =>
    Object.fromEntries(
      columns.map(({ name, type }, index) => {
        const cell = cells[index];
        const value = cell === undefined ? null : logicValue(evaluation, cell, scope);
        return [name, typed(evaluation, value, type, name)];
      }),
    ),
  );
}

function contextValue(
  evaluation: Evaluation,
  entries: Extract<Logic, { kind: 'context' }>['entries'],
  scope: Scope,
): unknown {
  const result: Record<string, unknown> = {};
  let inner: Record<string, unknown> = { ...scope };
  for (const { name, type, logic } of entries) {
    const value = typed(evaluation, logicValue(evaluation, logic, inner), type, name ?? 'the result');
    if (name === undefined) return value;
    result[name] = value;
    inner = { ...inner, [normalName(name)]: value };
  }
  return result;
}

/** What is invoked is business knowledge, or a function known where it is invoked. Arguments go by their names. */
function invocationValue(
  evaluation: Evaluation,
  { knowledge: name, bindings }: Extract<Logic, { kind: 'invocation' }>,
  scope: Scope,
): unknown {
  const args = new Map(bindings.map((binding) => [binding.name, logicValue(evaluation, binding.logic, scope)]));
  const knowledge = evaluation.knowledge.get(name);
  if (knowledge) return apply(evaluation, name, knowledge, (parameter) => args.get(parameter), evaluation.functions);
  const local = asFunction(scope[normalName(name)]);
  if (!local) throw new DecisionFailure('expression-failed', `Expected ${name} to be a function`);
  return local.call(...local.parameters.map((parameter) => args.get(parameter) ?? null));
}

/** A function as a value: it knows what was known where it was written. */
function functionValue(evaluation: Evaluation, logic: BoxedFunction, scope: Scope): unknown {
  return callable(logic.parameters, (argument) => apply(evaluation, 'a function', logic, argument, scope));
}

type Argument = (name: string, index: number) => unknown;

function callable(parameters: readonly TypedName[], answer: (argument: Argument) => unknown): unknown {
  const call = (...args: readonly unknown[]): unknown => {
    try {
      return answer((_, index) => args[index]);
    } catch (error) {
      // A FEEL expression stands between this call and the decision: carry the failure through it.
      if (error instanceof DecisionFailure) throw new EvaluationFailure(error.message);
      throw error;
    }
  };
  return feelFunction(
    call,
    parameters.map(({ name }) => name),
  );
}

function apply(
  evaluation: Evaluation,
  name: string,
  { parameters, logic }: Pick<BoxedFunction, 'parameters' | 'logic'>,
  argument: Argument,
  around: Scope,
): unknown {
  const { applying } = evaluation;
  if (applying.length >= MAX_NESTED_CALLS || applying.includes(logic))
    throw new DecisionFailure('limit-exceeded', `Expected ${name} not to need itself, but it does`);
  const scope: Record<string, unknown> = { ...around };
  for (const [index, parameter] of parameters.entries()) {
    scope[normalName(parameter.name)] = typed(
      evaluation,
      argument(parameter.name, index),
      parameter.type,
      parameter.name,
    );
  }
  applying.push(logic);
  try {
    return logicValue(evaluation, logic, scope);
  } finally {
    applying.pop();
  }
}

/** Business knowledge as functions expressions can call. */
export function functionsOf(evaluation: () => Evaluation, knowledge: ReadonlyMap<string, Knowledge>): Scope {
  const applied = (known: Knowledge, argument: Argument) => {
    const made = evaluation();
    return apply(made, known.name, known, argument, made.functions);
  };
  return Object.fromEntries(
    [...knowledge.values()].map((known) => [
      normalName(known.name),
      callable(known.parameters, (argument) => applied(known, argument)),
    ]),
  );
}
