import type { JsonObject, Language } from '../engine/index.ts';
import { type FormProblem, problemAt } from './form-problem.ts';
import { nodeAt, nodesAt, type SchemaNode } from './json-shape.ts';

/** A rule on the whole form that needs the case: `x-constraint`. */
export type FormConstraint = {
  /** FEEL over the form's data and the task's input; true = holds. */
  readonly expression: string;
  /** Field the message is shown at. */
  readonly path: string;
  readonly message: Readonly<Partial<Record<Language, string>>>;
};

/** Evaluates a condition: true, false, or undefined when it cannot be told (a null, a failure, a syntax error). */
export type EvaluateConstraint = (expression: string, context: JsonObject) => boolean | undefined;

/** The constraints a form declares. */
export function constraintsOf(schema: SchemaNode): readonly FormConstraint[] {
  return nodesAt(schema, 'x-constraint').flatMap((constraint) => {
    const { expression, path } = constraint;
    if (typeof expression !== 'string') return [];
    const message = nodeAt(constraint, 'message');
    const text = (language: Language): { [one in Language]?: string } => {
      const own = message[language];
      return typeof own === 'string' ? { [language]: own } : {};
    };
    return [{ expression, path: typeof path === 'string' ? path : '', message: { ...text('zh-CN'), ...text('en') } }];
  });
}

/**
 * Problems of the constraints that do not hold. One that cannot be told does not hold: a rule about a patient is not passed
 * because a value is missing.
 */
export function unmetConstraints(
  schema: SchemaNode,
  data: JsonObject,
  input: JsonObject,
  evaluate: EvaluateConstraint,
): readonly FormProblem[] {
  const context = { ...input, ...data };
  return constraintsOf(schema)
    .filter(({ expression }) => evaluate(expression, context) !== true)
    .map(({ path, message }) => {
      const problem = problemAt(schema, path, 'constraint', ['constraint']);
      return { ...problem, messages: { ...problem.messages, ...message } };
    });
}
