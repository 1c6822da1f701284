import { FeelDateTime } from 'feelin';
import { type Builtin, refuseArguments } from './builtin.ts';
import { equal } from './comparison.ts';
import { instantOf } from './date-times.ts';
import { chargeSteps, chargeWhole, zoneOfRun } from './evaluation-run.ts';
import { feelTypeOf, isContextValue } from './feel-type.ts';

function sameType(a: unknown, b: unknown): boolean {
  return feelTypeOf(a) === feelTypeOf(b);
}

/** `list contains` compares as `=` does; feelin compares objects by identity. */
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

/** A text that is the same for values that are equal, so that a set tells them apart without comparing each with each. */
function identityOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(identityOf).join(',')}]`;
  if (isContextValue(value)) {
    const entries = Object.keys(value).sort();
    return `{${entries.map((name) => `${JSON.stringify(name)}:${identityOf(value[name])}`).join(',')}}`;
  }
  if (value instanceof FeelDateTime) return `date and time ${instantOf(value, zoneOfRun()) ?? value.toString()}`;
  return typeof value === 'string' ? JSON.stringify(value) : `${feelTypeOf(value)} ${String(value)}`;
}

function distinct(values: readonly unknown[]): unknown[] {
  const known = new Set<string>();
  return values.filter((value) => {
    chargeWhole(value);
    const identity = identityOf(value);
    if (known.has(identity)) return false;
    known.add(identity);
    return true;
  });
}

const distinctValues: Builtin = {
  parameters: ['list'],
  predicate: false,
  call: (list) => {
    if (list === null || list === undefined) return refuseArguments('distinct values', [list]);
    return distinct(Array.isArray(list) ? list : [list]);
  },
};

const union: Builtin = {
  parameters: ['...list'],
  predicate: false,
  call: (...lists) => {
    if (lists.some((list) => list === null || list === undefined)) return refuseArguments('union', lists);
    return distinct(lists.flatMap((list) => (Array.isArray(list) ? list : [list])));
  },
};

/** The functions on lists that are not feelin's own. */
export const LIST_BUILTINS: Readonly<Record<string, Builtin>> = {
  'list contains': listContains,
  'index of': indexOf,
  'distinct values': distinctValues,
  union,
  'is empty': {
    parameters: ['list'],
    predicate: true,
    call: (list) => {
      if (Array.isArray(list)) return list.length === 0;
      return isContextValue(list) ? Object.keys(list).length === 0 : refuseArguments('is empty', [list]);
    },
  },
};
