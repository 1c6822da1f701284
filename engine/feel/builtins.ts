import { type Builtin, nativeBuiltin, refuseArguments } from './builtin.ts';
import { equal } from './comparison.ts';
import { chargeSteps } from './evaluation-run.ts';
import { isContextValue } from './feel-type.ts';
import { NUMBER_BUILTINS } from './number-builtins.ts';
import { TEXT_BUILTINS } from './text-builtins.ts';

const NATIVE = [
  'number',
  'substring',
  'string length',
  'upper case',
  'lower case',
  'substring before',
  'substring after',
  'string join',
  'list replace',
  'count',
  'sublist',
  'append',
  'concatenate',
  'insert before',
  'remove',
  'reverse',
  'flatten',
  'mode',
  'sqrt',
  'log',
  'exp',
  'abs',
  'day of year',
  'day of week',
  'month of year',
  'week of year',
  'sort',
  'get value',
  'get entries',
  'context',
  'context merge',
  'context put',
];

const NATIVE_PREDICATES = [
  'not',
  'contains',
  'starts with',
  'ends with',
  'all',
  'any',
  'odd',
  'even',
  'before',
  'after',
  'meets',
  'met by',
  'overlaps',
  'includes',
];

const NATIVE_WALKING = ['string', 'distinct values', 'union'];

/** `list contains` and `index of` compare as `=` does; feelin compares objects by identity. */
const listContains: Builtin = {
  parameters: ['list', 'element'],
  predicate: true,
  call: (list, element) => {
    if (list === null || list === undefined) return refuseArguments('list contains', [list, element]);
    const items = Array.isArray(list) ? list : [list];
    chargeSteps(items.length);
    return items.some((item) => sameType(item, element) && equal(item, element) === true);
  },
};

const indexOf: Builtin = {
  parameters: ['list', 'match'],
  predicate: false,
  call: (list, match) => {
    if (!Array.isArray(list)) return refuseArguments('index of', [list, match]);
    chargeSteps(list.length);
    return list.flatMap((item, index) => (sameType(item, match) && equal(item, match) === true ? [index + 1] : []));
  },
};

function sameType(a: unknown, b: unknown): boolean {
  return typeof a === typeof b && Array.isArray(a) === Array.isArray(b);
}

const OWN: Readonly<Record<string, Builtin>> = {
  'list contains': listContains,
  'index of': indexOf,
  is: {
    ...nativeBuiltin('is', { predicate: true, walksArguments: true }),
  },
  'is defined': {
    parameters: ['value'],
    predicate: true,
    call: (value) => value !== null && value !== undefined,
  },
  'get or else': {
    parameters: ['value', 'default'],
    predicate: false,
    call: (value, fallback) => value ?? fallback ?? null,
  },
  'is empty': {
    parameters: ['list'],
    predicate: true,
    call: (list) => {
      if (Array.isArray(list)) return list.length === 0;
      return isContextValue(list) ? Object.keys(list).length === 0 : refuseArguments('is empty', [list]);
    },
  },
};

function named(names: readonly string[], options: { predicate?: boolean; walksArguments?: boolean }) {
  return names.map((name): [string, Builtin] => [name, nativeBuiltin(name, options)]);
}

/**
 * Every function an expression may call by name, besides FEEL's own constructors (`date`, `time`, `date and time`,
 * `duration`, `years and months duration`) and `now()` and `today()`.
 */
export const BUILTINS: ReadonlyMap<string, Builtin> = new Map([
  ...named(NATIVE, {}),
  ...named(NATIVE_PREDICATES, { predicate: true }),
  ...named(NATIVE_WALKING, { walksArguments: true }),
  ...Object.entries(NUMBER_BUILTINS),
  ...Object.entries(TEXT_BUILTINS),
  ...Object.entries(OWN),
]);

/** Names with spaces that the parser must know to read them as one; the values do not matter. */
export const NAMES_FOR_PARSER: Readonly<Record<string, unknown>> = Object.fromEntries(
  [...Object.keys(OWN), ...Object.keys(TEXT_BUILTINS)].map((name) => [name, null]),
);
