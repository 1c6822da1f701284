import { type Builtin, nativeBuiltin, refuseArguments } from './builtin.ts';
import { chargeSteps } from './evaluation-run.ts';
import { EvaluationLimitExceeded } from './limits.ts';
import { patternCost } from './pattern-safety.ts';

/** A function that runs a regular expression: the pattern is judged first and the run charged by what it may cost. */
function withPattern(name: string, predicate: boolean): Builtin {
  const native = nativeBuiltin(name, { predicate });
  return {
    ...native,
    call: (...args) => {
      const [input, pattern] = args;
      if (typeof input === 'string' && typeof pattern === 'string') {
        const { risky, unbounded, ways } = patternCost(pattern);
        if (risky !== undefined) {
          throw new EvaluationLimitExceeded(`Expected a pattern of bounded cost in ${name}(), but it has ${risky}.`);
        }
        chargeSteps(Math.ceil((input.length ** Math.max(unbounded, 1) * ways) / 100));
      }
      return native.call(...args);
    },
  };
}

/** The functions on texts that are not feelin's own. */
export const TEXT_BUILTINS: Readonly<Record<string, Builtin>> = {
  matches: withPattern('matches', true),
  replace: withPattern('replace', false),
  split: withPattern('split', false),
  trim: {
    parameters: ['string'],
    predicate: false,
    call: (text) => (typeof text === 'string' ? text.trim() : refuseArguments('trim', [text])),
  },
  'is blank': {
    parameters: ['string'],
    predicate: true,
    call: (text) => (typeof text === 'string' ? text.trim() === '' : refuseArguments('is blank', [text])),
  },
};
