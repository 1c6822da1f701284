import { evaluate, FeelFunction } from 'feelin';
import { chargeSteps, chargeSurface, chargeWhole, warn } from './evaluation-run.ts';
import { feelTypeOf } from './feel-type.ts';
import { EvaluationLimitExceeded, MAX_TEXT_LENGTH } from './limits.ts';

/** A function FEEL expressions may call. */
export type Builtin = {
  /** Names for named invocation; the last may be variadic, `...list`. */
  readonly parameters: readonly string[];
  readonly call: (...args: readonly unknown[]) => unknown;
  /** Whether it answers true or false, so that a filter `list[f(item)]` asks it for every item. */
  readonly predicate: boolean;
};

/** Charges a result for its size and refuses texts that grew too long. */
export function charged(result: unknown): unknown {
  chargeSurface(result);
  if (typeof result === 'string' && result.length > MAX_TEXT_LENGTH) {
    throw new EvaluationLimitExceeded(`Expected a text of at most ${MAX_TEXT_LENGTH} characters, but it is longer.`);
  }
  return result;
}

type NativeOptions = { readonly predicate?: boolean; readonly walksArguments?: boolean };

/** feelin's own function of that name, charged by its arguments (whole, where it walks them) and by what it returns. */
export function nativeBuiltin(name: string, options: NativeOptions = {}): Builtin {
  const found: unknown = evaluate(name).value;
  if (typeof found !== 'function') throw new Error(`Expected feelin to have the function ${name}, but it has not.`);
  const names: unknown = Reflect.get(found, '$args');
  return {
    parameters: Array.isArray(names) ? names.map(String) : [],
    predicate: options.predicate ?? false,
    call: (...args) => {
      chargeSteps(1);
      for (const arg of args) (options.walksArguments ? chargeWhole : chargeSurface)(arg);
      const result: unknown = Reflect.apply(found, null, args);
      return charged(result);
    },
  };
}

/** Refuses arguments: null with a warning that names the function and the types it got. */
export function refuseArguments(name: string, args: readonly unknown[]): null {
  return warn(
    'invalid-arguments',
    `Expected other arguments for ${name}(), but got ${args.map(feelTypeOf).join(', ')}.`,
  );
}

/** A FEEL value as a function, to be called by position; nothing for any other value. */
export function asFunction(value: unknown): Pick<Builtin, 'parameters' | 'call'> | undefined {
  if (!(value instanceof FeelFunction)) return undefined;
  return { parameters: value.parameterNames, call: (...args) => value.invoke([...args]) };
}

/** A function of ours as a FEEL value, callable by position and by these names. */
export function feelFunction(call: Builtin['call'], parameters: readonly string[]): FeelFunction {
  return new FeelFunction(call, [...parameters]);
}
