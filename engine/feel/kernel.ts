import { FeelFunction } from 'feelin';
import { arithmetic, negate } from './arithmetic.ts';
import { feelFunction } from './builtin.ts';
import { BUILTINS } from './builtins.ts';
import {
  between,
  equal,
  notEqual,
  notEqualTest,
  order,
  passesAnyTest,
  passesComputedTest,
  passesTest,
} from './comparison.ts';
import { countCall, filtered, iterated, iteratedRange } from './iteration.ts';
import { member } from './paths.ts';

function operator(call: (a: unknown, b: unknown, c: unknown) => unknown): FeelFunction {
  return new FeelFunction(call, ['a', 'b', 'c']);
}

/**
 * The functions a rewritten expression calls in place of FEEL's operators. Their names begin with two underscores,
 * which no variable may.
 */
const OPERATORS = {
  __add: operator((a, b) => arithmetic('+', a, b)),
  __subtract: operator((a, b) => arithmetic('-', a, b)),
  __multiply: operator((a, b) => arithmetic('*', a, b)),
  __divide: operator((a, b) => arithmetic('/', a, b)),
  __power: operator((a, b) => arithmetic('**', a, b)),
  __negate: operator(negate),
  __less: operator((a, b) => order('<', a, b)),
  __atMost: operator((a, b) => order('<=', a, b)),
  __greater: operator((a, b) => order('>', a, b)),
  __atLeast: operator((a, b) => order('>=', a, b)),
  __equal: operator(equal),
  __notEqual: operator(notEqual),
  __between: operator(between),
  __notEqualTest: operator(notEqualTest),
  __in: operator(passesAnyTest),
  __passes: operator(passesTest),
  __passesComputed: operator(passesComputedTest),
  __iterated: operator(iterated),
  __iteratedRange: operator(iteratedRange),
  __filtered: operator(filtered),
  __countCall: operator(countCall),
  __member: operator(member),
} satisfies Record<string, FeelFunction>;

/** Name of a kernel function. */
export type KernelName = keyof typeof OPERATORS;

/** Parameter that carries `now()`; added beside the expression's variables. */
export const NOW = '__now';
/** Parameter that carries `today()`. */
export const TODAY = '__today';
/** Parameter that carries a unary test's input, `?`. */
export const INPUT = '__input';

const OPERATOR_NAMES: Readonly<Record<string, KernelName>> = {
  '+': '__add',
  '-': '__subtract',
  '*': '__multiply',
  '/': '__divide',
  '**': '__power',
  '^': '__power',
  '<': '__less',
  '<=': '__atMost',
  '>': '__greater',
  '>=': '__atLeast',
  '=': '__equal',
  '!=': '__notEqual',
};

/** The kernel function for an operator as written; undefined for none. */
export function kernelOperator(sign: string): KernelName | undefined {
  return OPERATOR_NAMES[sign];
}

const BUILTIN_IDS = new Map([...BUILTINS.keys()].map((name) => [name, `__${name.replace(/ /g, '_')}_builtin`]));
const FUNCTIONS: ReadonlyMap<string, FeelFunction> = new Map<string, FeelFunction>([
  ...Object.entries(OPERATORS),
  ...[...BUILTINS].map(([name, builtin]): [string, FeelFunction] => [
    BUILTIN_IDS.get(name) ?? name,
    feelFunction(builtin.call, builtin.parameters),
  ]),
]);

/** The name a builtin has in rewritten text, where no variable can hide it; undefined when there is no such builtin. */
export function builtinId(name: string): string | undefined {
  return BUILTIN_IDS.get(name);
}

/** The functions a rewritten text uses, by name. */
export function kernelFunctions(names: Iterable<string>): Record<string, FeelFunction> {
  const functions: Record<string, FeelFunction> = {};
  for (const name of names) {
    const found = FUNCTIONS.get(name);
    if (found !== undefined) functions[name] = found;
  }
  return functions;
}
