import { FeelDate, FeelDateTime, FeelDuration, FeelRange, FeelTime, isFunction } from 'feelin';

/** Names of FEEL types as messages show them. */
export type FeelTypeName =
  | 'null'
  | 'boolean'
  | 'number'
  | 'string'
  | 'date'
  | 'time'
  | 'date and time'
  | 'duration'
  | 'range'
  | 'list'
  | 'function'
  | 'context';

/** The FEEL type of a value. Messages name types, never values: a value may be a patient's. */
export function feelTypeOf(value: unknown): FeelTypeName {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'string') return 'string';
  if (Array.isArray(value)) return 'list';
  if (value instanceof FeelDate) return 'date';
  if (value instanceof FeelTime) return 'time';
  if (value instanceof FeelDateTime) return 'date and time';
  if (value instanceof FeelDuration) return 'duration';
  if (value instanceof FeelRange) return 'range';
  if (typeof value === 'function' || isFunction(value)) return 'function';
  return 'context';
}

/** Whether a value is a plain FEEL context (an object of entries), not a temporal, range or function. */
export function isContextValue(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && feelTypeOf(value) === 'context';
}
