import { FeelDate, FeelDateTime, FeelDuration, FeelRange, FeelTime } from 'feelin';
import { chargeSteps, chargeSurface, warn } from './evaluation-run.ts';
import { feelTypeOf, isContextValue } from './feel-type.ts';
import { normalName } from './names.ts';

const OF_DATE = ['year', 'month', 'day', 'weekday'];
const OF_TIME = ['hour', 'minute', 'second', 'timezone', 'time offset'];
const OF_DURATION = ['years', 'months', 'days', 'hours', 'minutes', 'seconds'];
const OF_RANGE = ['start', 'end', 'start included', 'end included'];

/** Properties FEEL gives to values that are no contexts. */
function propertiesOf(value: unknown): readonly string[] {
  if (value instanceof FeelDate) return OF_DATE;
  if (value instanceof FeelTime) return OF_TIME;
  if (value instanceof FeelDateTime) return [...OF_DATE, ...OF_TIME];
  if (value instanceof FeelDuration) return OF_DURATION;
  return value instanceof FeelRange ? OF_RANGE : [];
}

/** `target.name`: an entry of a context, of every context of a list, or a property of a temporal or range; else null with a warning. */
export function member(target: unknown, name: unknown): unknown {
  chargeSteps(1);
  if (typeof name !== 'string') return null;
  if (Array.isArray(target)) {
    chargeSurface(target);
    return target.map((item) => memberOf(item, name));
  }
  return memberOf(target, name);
}

function memberOf(target: unknown, name: string): unknown {
  if (isContextValue(target)) return entryOf(target, name);
  if (typeof target === 'object' && target !== null && propertiesOf(target).includes(name)) {
    return Reflect.get(target, name) ?? null;
  }
  return warn('unknown-property', `Expected something with ${name}, but got ${feelTypeOf(target)}`);
}

function entryOf(context: Record<string, unknown>, name: string): unknown {
  if (Object.hasOwn(context, name)) return context[name] ?? null;
  chargeSurface(context);
  const key = Object.keys(context).find((one) => normalName(one) === name);
  if (key !== undefined) return context[key] ?? null;
  return warn('unknown-property', `Expected an entry ${name}, but the context has none`);
}
