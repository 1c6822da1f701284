import { type Builtin, nativeBuiltin } from './builtin.ts';
import { CALENDAR_BUILTINS } from './calendar/calendar-builtins.ts';
import { LIST_BUILTINS } from './list-builtins.ts';
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

const NATIVE_WALKING = ['string'];

const OWN: Readonly<Record<string, Builtin>> = {
  is: nativeBuiltin('is', { predicate: true, walksArguments: true }),
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
  ...Object.entries(LIST_BUILTINS),
  ...Object.entries(CALENDAR_BUILTINS),
  ...Object.entries(OWN),
]);

/** Names with spaces that the parser must know to read them as one; the values do not matter. */
export const NAMES_FOR_PARSER: Readonly<Record<string, unknown>> = Object.fromEntries(
  [OWN, TEXT_BUILTINS, LIST_BUILTINS, CALENDAR_BUILTINS].flatMap((one) => Object.keys(one)).map((name) => [name, null]),
);
