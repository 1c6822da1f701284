import { dueOf, nextOf } from '../core/due.ts';
import type { Instant } from '../core/json.ts';
import { evaluate, type FeelEnv, parseExpression, type WorkCalendar } from '../feel/index.ts';
import type { CompiledDefinition, StartEventInfo } from '../ir/definition.ts';
import type { TimerSource } from '../ir/kernel.ts';
import { writtenText } from '../ir/value-source.ts';
import type { JobWork, NewJob } from './job.ts';
import { timerStartKey } from './job-keys.ts';

type TimerStart = Extract<JobWork, { kind: 'timer-start' }>;

/** Rows that start cases of a version at their times. A start whose time cannot be told gives none; lint has said so. */
export function timerStartsOf(definition: CompiledDefinition, at: Instant, calendar?: WorkCalendar): NewJob[] {
  const env = { at, zone: definition.zone, ...(calendar && { calendar }) };
  return Object.values(definition.processes)
    .flatMap((process) => process.starts)
    .flatMap((start) => firstStart(definition, start, env));
}

function firstStart(
  { key, hash }: CompiledDefinition,
  { kind, timer, processId, startEventId }: StartEventInfo,
  env: FeelEnv,
): NewJob[] {
  const text = kind === 'timer' && timer ? textOf(timer, env) : undefined;
  const due = timer && text !== undefined ? dueOf(timer.kind, text, env.at, env.zone) : undefined;
  if (!due) return [];
  const { dueAt, every, remaining } = due;
  const work: TimerStart = {
    ...{ kind: 'timer-start', processKey: key, hash, processId, startEventId },
    ...(every !== undefined && { every }),
    ...(remaining !== undefined && { remaining }),
  };
  return [{ jobKey: timerStartKey(key, startEventId), dueAt, work }];
}

/** The next row of a cycle, counted from when this one was due so that delays do not add up; none after the last. */
export function nextTimerStart(work: TimerStart, dueAt: Instant, zone: string): NewJob[] {
  const { processKey, startEventId, every, remaining } = work;
  if (every === undefined || remaining === 0) return [];
  const next = nextOf(every, dueAt, zone);
  if (next === undefined) return [];
  const left = remaining === undefined ? {} : { remaining: remaining - 1 };
  return [{ jobKey: timerStartKey(processKey, startEventId), dueAt: next, work: { ...work, ...left } }];
}

function textOf({ value }: TimerSource, env: FeelEnv): string | undefined {
  if ('literal' in value) return writtenText(value);
  const parsed = parseExpression(value.feel);
  const result = parsed.ok ? evaluate(parsed.expression, {}, env) : undefined;
  return result?.ok && typeof result.value === 'string' ? result.value : undefined;
}
