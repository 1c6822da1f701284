import type { FeelEnv, WorkCalendar } from '../feel/index.ts';
import type { CompiledDefinition, ScopeDefinition } from '../ir/definition.ts';
import type { IrNode } from '../ir/kernel.ts';
import { type Draft, entryOf } from './draft.ts';
import type { IncidentRecord } from './effect.ts';
import type { CaseEvent } from './event.ts';
import { applyEvent } from './fold.ts';
import { InvariantError } from './invariant-error.ts';
import type { Instant, JsonObject } from './json.ts';
import type { ScopeState, TokenState } from './state.ts';

/**
 * Answers a condition in place of the case's data; undefined leaves it to the data. Whoever plays every way a case could go (the soundness
 * check) gives the answers; a running case has none.
 */
export type Answers = (feel: string) => boolean | undefined;

/**
 * One command being decided: the working copy, what has happened so far and the token steps still to do. The copy changes by events alone,
 * so the state of a decision is what its events fold to.
 */
export type Run = {
  readonly definition: CompiledDefinition;
  draft: Draft;
  readonly events: CaseEvent[];
  /** Token steps, first in first out. A step of a token that is gone is dropped. */
  readonly queue: Work[];
  readonly at: Instant;
  /** The working calendar the command came with. */
  readonly calendar?: WorkCalendar;
  counter: number;
  steps: number;
  /** A variable was written since conditional events were last asked. */
  readonly written: Set<string>;
  readonly answers?: Answers;
};

/** A token step: begin the node it stands in, or go on where its body ended. */
export type Work =
  | { readonly kind: 'begin'; readonly token: number }
  | { readonly kind: 'complete'; readonly token: number; readonly output: JsonObject }
  /** A handler of a compensation thrower has ended: the next one, or the thrower goes on. */
  | { readonly kind: 'undo'; readonly token: number }
  /** A person has put right what held up its way out. */
  | { readonly kind: 'leave'; readonly token: number };

/** Why a step cannot go on: becomes an incident at the place where it happened. */
export type Stuck = Pick<IncidentRecord, 'code' | 'message'>;

/** A value, or why there is none. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly stuck: Stuck };

/** A value as an outcome. */
export function found<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

/** An incident to be as an outcome. */
export function stuck(code: IncidentRecord['code'], message: string): { readonly ok: false; readonly stuck: Stuck } {
  return { ok: false, stuck: { code, message } };
}

/** Records an event and applies it. */
export function emit(run: Run, event: CaseEvent): void {
  run.draft = applyEvent(run.draft, event);
  run.events.push(event);
}

/** What an expression of this command may know of the world. */
export function envOf({ at, definition: { zone }, calendar }: Run): FeelEnv {
  return { at, zone, ...(calendar ? { calendar } : {}) };
}

/** The version of the calendar a command came with, as its first event records it. */
export function calendarVersion({ calendar }: { readonly calendar?: WorkCalendar }): { readonly calendar?: string } {
  return calendar ? { calendar: calendar.version } : {};
}

/** The next number of the case. */
export function nextNumber(run: Run): number {
  run.counter += 1;
  return run.counter;
}

/** Id by which the world knows the thing with this number: a task, timer, job, subscription, message or incident. */
export function outsideId(run: Run, n: number): string {
  return `${run.draft.caseId}-${n}`;
}

/** Number of an outside id of this case; nothing when the id is of another case or no id. */
export function numberOfId(caseId: string, id: string): number | undefined {
  const digits = id.startsWith(`${caseId}-`) ? id.slice(caseId.length + 1) : '';
  return /^[1-9][0-9]{0,14}$/.test(digits) ? Number(digits) : undefined;
}

/** A token that must be there. */
export function tokenOf(run: Run, n: number): TokenState {
  return entryOf(run.draft.tokens, n, 'token');
}

/** An open scope that must be there. */
export function scopeOf(run: Run, n: number): ScopeState {
  return entryOf(run.draft.scopes, n, 'scope');
}

/** What an open scope is an instance of. */
export function definitionOf(run: Run, scope: number): ScopeDefinition {
  return scopeDefinition(run, scopeOf(run, scope).definition);
}

/** A scope of the compiled definition. */
export function scopeDefinition(run: Run, id: string): ScopeDefinition {
  const definition = Object.hasOwn(run.definition.scopes, id) ? run.definition.scopes[id] : undefined;
  if (!definition) throw new InvariantError(`Expected scope ${id} in the definition, but it is not there`);
  return definition;
}

/** The node a token stands in. */
export function nodeOf(run: Run, token: number): IrNode {
  const { scope, node } = tokenOf(run, token);
  return nodeIn(definitionOf(run, scope), node);
}

/** A node of a scope. */
export function nodeIn(definition: ScopeDefinition, id: string): IrNode {
  const node = Object.hasOwn(definition.nodes, id) ? definition.nodes[id] : undefined;
  if (!node) throw new InvariantError(`Expected node ${id} in ${definition.id}, but it is not there`);
  return node;
}

/** Numbers of a table's entries in order of creation. */
export function numbersOf(table: { readonly [n: string]: unknown }): number[] {
  return Object.keys(table).map(Number);
}
