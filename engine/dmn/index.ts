export { compileDecisions, type DecisionCompilation } from './compile-decisions.ts';
export { type CompiledDecisions, type Decision, type DecisionTable, decisionIn, type Logic } from './decision-model.ts';
export { type DecisionResult, evaluateDecision } from './evaluate-decision.ts';
export type { DecisionTrace } from './evaluation.ts';
export { type DecisionFacts, explainDecision } from './explain-decision.ts';
export type { DecisionFailureCode } from './failure.ts';
