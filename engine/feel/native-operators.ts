import { evaluate, FeelFunction } from 'feelin';

/** A two-argument FEEL function compiled once; feelin's own meaning of an operator, used for everything but numbers. */
export function nativeOperator(body: string): (a: unknown, b: unknown) => unknown {
  const compiled = evaluate(`function(a, b) ${body}`);
  const { value: fn, warnings } = compiled;
  if (!(fn instanceof FeelFunction)) throw new Error(`Expected a FEEL function, but got ${typeof fn}.`);
  return (a, b) => {
    const result: unknown = fn.invoke([a, b]);
    warnings.length = 0;
    return result;
  };
}
