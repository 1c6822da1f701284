import type { Json, JsonObject } from '../core/json.ts';
import {
  EvaluationFailure,
  EvaluationLimitExceeded,
  type FeelEnv,
  type FeelWarning,
  jsonOf,
  normalName,
  withinRun,
} from '../feel/index.ts';
import { type Decision, decisionIn, type Knowledge } from './decision-model.ts';
import { functionsOf, logicValue } from './evaluate-logic.ts';
import { type DecisionTrace, type Evaluation, type Scope, typed } from './evaluation.ts';
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

function scopeOf(evaluation: Evaluation, decision: Decision): Scope {
  const scope: Record<string, unknown> = { ...evaluation.context, ...evaluation.functions };
  for (const { name, type } of decision.inputs) {
    const key = normalName(name);
    scope[key] = typed(evaluation, scope[key], type, name);
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
  evaluation.tables.length = 0;
  const value = typed(evaluation, logicValue(evaluation, decision.logic, scope), decision.variable.type, decision.name);
  evaluation.made.set(decision.id, value);
  evaluation.trace.push(traceOf(evaluation, decision, value));
  return value;
}

/** What all tables of a decision did, those of the knowledge it called among them. */
function traceOf({ tables }: Evaluation, { id }: Decision, value: unknown): DecisionTrace {
  const asked = tables.flatMap(({ inputs }) => Object.entries(inputs));
  return {
    decisionId: id,
    ruleIds: [...new Set(tables.flatMap(({ ruleIds }) => ruleIds))],
    inputs: Object.fromEntries(asked.map(([name, input]) => [name, jsonOf(input) ?? null])),
    outputs: jsonOf(value) ?? null,
  };
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
    ...{ made: new Map(), trace: [], current: id, applying: [], tables: [] },
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
    const value = jsonOf(made(evaluation, decision));
    if (value === undefined) throw new DecisionFailure('not-json', 'Expected an answer JSON can say, but got none');
    return { ok: true, value, trace: evaluation.trace };
  } catch (error) {
    const decisionId = evaluation.current;
    if (error instanceof DecisionFailure) return { ok: false, code: error.code, message: error.message, decisionId };
    // What went on without an expression between: a function invoked by its box, an answer too large to be kept.
    if (error instanceof EvaluationFailure)
      return { ok: false, code: 'expression-failed', message: error.message, decisionId };
    if (error instanceof EvaluationLimitExceeded)
      return { ok: false, code: 'limit-exceeded', message: error.message, decisionId };
    throw error;
  }
}
