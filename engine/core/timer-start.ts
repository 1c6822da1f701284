import type { CompiledDefinition, StartEventInfo } from '../ir/definition.ts';
import { type Due, dueOf, nextOf } from './due.ts';
import { evaluateOutsideCase } from './expression.ts';
import type { Instant } from './json.ts';

/** When a timer start event first starts a case, counted from `at` (the publication); nothing where the timer says no time. */
export function firstTimerStart(definition: CompiledDefinition, start: StartEventInfo, at: Instant): Due | undefined {
  if (!start.timer) return undefined;
  const { kind, value } = start.timer;
  const text = 'literal' in value ? value.literal : evaluateOutsideCase(definition, value.feel, at);
  return typeof text === 'string' ? dueOf(kind, text, at, definition.zone) : undefined;
}

/** The start after one that was due; nothing when the cycle has no more. */
export function nextTimerStart(definition: CompiledDefinition, due: Due): Due | undefined {
  const { dueAt, every, remaining } = due;
  if (every === undefined || remaining === 0) return undefined;
  const next = nextOf(every, dueAt, definition.zone);
  return next === undefined
    ? undefined
    : { dueAt: next, every, ...(remaining === undefined ? {} : { remaining: remaining - 1 }) };
}
