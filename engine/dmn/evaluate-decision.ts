import type { Json, JsonObject } from '../core/json.ts';
import {
  EvaluationFailure,
  type FeelEnv,
  type FeelWarning,
  feelFunction,
  normalName,
  toJson,
  withinRun,
} from '../feel/index.ts';
import { type Decision, decisionIn, type Knowledge, type Logic } from './decision-model.ts';
import { evaluateTable, type TableTrace } from './evaluate-table.ts';
import { type DecisionTrace, type Evaluation, expressionValue, type Scope, typed } from './evaluation.ts';
import { DecisionFailure, type DecisionFailureCode } from './failure.ts';

/** A decision's answer with the trace of every decision made on the way, required ones first. */
export type DecisionResult =
  | {
      readonly ok: true;
      readonly value: Json;
      readonly trace: readonly DecisionTrace[];
      readonly warnings: readonly FeelWarning[];
    }
  | {
      readonly ok: false;
      readonly code: DecisionFailureCode;
      readonly message: string;
      /** Decision that failed. */
      readonly decisionId: string;
      readonly warnings: readonly FeelWarning[];
    };

/** What a piece of logic gives. `onTable` hears which rules answered. */
function logicValue(evaluation: Evaluation, logic: Logic, scope: Scope, onTable: (trace: TableTrace) => void): unknown {
  switch (logic.kind) {
    case 'literal':
      return typed(expressionValue(evaluation, logic.expression, scope), logic.type, 'the result');
    case 'table': {
      const result = evaluateTable(evaluation, logic, scope);
      onTable(result);
      return result.value;
    }
    case 'list':
      return logic.items.map((item) => logicValue(evaluation, item, scope, onTable));
    case 'relation':
      return logic.rows.map((cells) =>
        Object.fromEntries(
          logic.columns.map(({ name, type }, index) => {
            const cell = cells[index];
            const value = cell === undefined ? null : logicValue(evaluation, cell, scope, onTable);
            return [name, typed(value, type, name)];
          }),
        ),
      );
    case 'context':
      return contextValue(evaluation, logic.entries, scope, onTable);
    case 'invocation': {
      const knowledge = evaluation.knowledge.get(logic.knowledge);
      if (knowledge === undefined)
        throw new DecisionFailure('expression-failed', `Expected ${logic.knowledge} to exist`);
      const args = new Map(
        logic.bindings.map(({ name, logic: bound }) => [name, logicValue(evaluation, bound, scope, onTable)]),
      );
      return apply(evaluation, knowledge, (name) => args.get(name), onTable);
    }
  }
}

function contextValue(
  evaluation: Evaluation,
  entries: Extract<Logic, { kind: 'context' }>['entries'],
  scope: Scope,
  onTable: (trace: TableTrace) => void,
): unknown {
  const result: Record<string, unknown> = {};
  let inner: Record<string, unknown> = { ...scope };
  for (const { name, type, logic } of entries) {
    const value = typed(logicValue(evaluation, logic, inner, onTable), type, name ?? 'the result');
    if (name === undefined) return value;
    result[name] = value;
    inner = { ...inner, [normalName(name)]: value };
  }
  return result;
}

function apply(
  evaluation: Evaluation,
  knowledge: Knowledge,
  argument: (name: string, index: number) => unknown,
  onTable: (trace: TableTrace) => void,
): unknown {
  const { applying } = evaluation;
  if (applying.includes(knowledge.name)) {
    throw new DecisionFailure('limit-exceeded', `Expected ${knowledge.name} not to need itself, but it does`);
  }
  const scope: Record<string, unknown> = { ...evaluation.functions };
  for (const [index, { name, type }] of knowledge.parameters.entries()) {
    scope[normalName(name)] = typed(argument(name, index), type, name);
  }
  applying.push(knowledge.name);
  try {
    return logicValue(evaluation, knowledge.logic, scope, onTable);
  } finally {
    applying.pop();
  }
}

/** Knowledge of the decision and of all it requires. Names are shared by a package. */
function knowledgeFor(
  decisions: JsonObject,
  decision: Decision,
  seen = new Map<string, Decision>(),
): Map<string, Knowledge> {
  const known = new Map(decision.knowledge.map((one) => [one.name, one]));
  seen.set(decision.id, decision);
  for (const id of decision.requires) {
    const required = seen.has(id) ? undefined : decisionIn(decisions, id);
    if (required === undefined) continue;
    for (const [name, one] of knowledgeFor(decisions, required, seen)) known.set(name, one);
  }
  return known;
}

/** Business knowledge as functions expressions can call. */
function functionsOf(evaluation: () => Evaluation, knowledge: ReadonlyMap<string, Knowledge>): Scope {
  const functions: Record<string, unknown> = {};
  for (const known of knowledge.values()) {
    const call = (...args: readonly unknown[]): unknown => {
      try {
        return apply(
          evaluation(),
          known,
          (_, index) => args[index],
          () => {},
        );
      } catch (error) {
        // A FEEL expression stands between this call and the decision: carry the failure through it.
        if (error instanceof DecisionFailure) throw new EvaluationFailure(error.message);
        throw error;
      }
    };
    functions[normalName(known.name)] = feelFunction(
      call,
      known.parameters.map(({ name }) => name),
    );
  }
  return functions;
}

function scopeOf(evaluation: Evaluation, decision: Decision): Scope {
  const scope: Record<string, unknown> = { ...evaluation.context, ...evaluation.functions };
  for (const { name, type } of decision.inputs) {
    const key = normalName(name);
    scope[key] = typed(scope[key], type, name);
  }
  for (const id of decision.requires) {
    const required = decisionIn(evaluation.decisions, id);
    if (required !== undefined) scope[normalName(required.variable.name)] = made(evaluation, required);
  }
  return scope;
}

/** Makes a decision, once, after those it requires. */
function made(evaluation: Evaluation, decision: Decision): unknown {
  if (evaluation.made.has(decision.id)) return evaluation.made.get(decision.id);
  const scope = scopeOf(evaluation, decision);
  evaluation.current = decision.id;
  let table: TableTrace | undefined;
  const raw = logicValue(evaluation, decision.logic, scope, (trace) => {
    if (decision.logic.kind === 'table') table = trace;
  });
  const value = typed(raw, decision.variable.type, decision.name);
  evaluation.made.set(decision.id, value);
  const inputs = Object.fromEntries(Object.entries(table?.inputs ?? {}).map(([name, input]) => [name, toJson(input)]));
  evaluation.trace.push({ decisionId: decision.id, ruleIds: table?.ruleIds ?? [], inputs, outputs: toJson(value) });
  return value;
}

/**
 * Makes a decision by its id, with everything it requires. Synchronous and pure: same arguments, same answer.
 * `decisions` is what `compileDecisions` made; `context` holds the variables, in which input data are found by name.
 */
export function evaluateDecision(decisions: JsonObject, id: string, context: JsonObject, env: FeelEnv): DecisionResult {
  const decision = decisionIn(decisions, id);
  if (decision === undefined) {
    const message = `Expected a decision ${id}, but there is none`;
    return { ok: false, code: 'decision-not-found', message, decisionId: id, warnings: [] };
  }
  const named: Scope = Object.fromEntries(Object.entries(context).map(([name, value]) => [normalName(name), value]));
  const knowledge = knowledgeFor(decisions, decision);
  const functions = functionsOf(() => evaluation, knowledge);
  const evaluation: Evaluation = {
    ...{ decisions, knowledge, env, functions, context: named },
    ...{ made: new Map(), trace: [], current: id, applying: [] },
  };
  const { result, warnings } = withinRun(env, () => outcome(evaluation, decision));
  return { ...result, warnings };
}

function outcome(
  evaluation: Evaluation,
  decision: Decision,
):
  | { ok: true; value: Json; trace: readonly DecisionTrace[] }
  | Omit<Extract<DecisionResult, { ok: false }>, 'warnings'> {
  try {
    made(evaluation, decision);
    const { trace } = evaluation;
    return { ok: true, value: trace.at(-1)?.outputs ?? null, trace };
  } catch (error) {
    if (!(error instanceof DecisionFailure)) throw error;
    return { ok: false, code: error.code, message: error.message, decisionId: evaluation.current };
  }
}
