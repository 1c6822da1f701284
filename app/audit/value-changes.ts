import type { Json, JsonObject } from '../../engine/index.ts';
import { sameJson } from '../form/match-schema.ts';

/** A value of the case before and after an entry; undefined: there was none. */
export type ValueChange = {
  /** Steps from the case's variables to the value. */
  readonly path: readonly string[];
  readonly before: Json | undefined;
  readonly after: Json | undefined;
};

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What an entry changed, field by field; lists are one value. */
export function valueChanges(
  before: JsonObject,
  after: JsonObject,
  path: readonly string[] = [],
): readonly ValueChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name): readonly ValueChange[] => {
    const [old, fresh] = [before[name], after[name]];
    if (sameJson(old, fresh)) return [];
    const place = [...path, name];
    if (isObject(fresh) && Object.keys(fresh).length > 0 && (old === undefined || isObject(old)))
      return valueChanges(old ?? {}, fresh, place);
    return [{ path: place, before: old, after: fresh }];
  });
}
