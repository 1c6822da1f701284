import type { CompiledDefinition } from '../ir/definition.ts';
import type { Command } from './command.ts';
import type { Effect } from './effect.ts';
import type { CaseEvent } from './event.ts';
import type { Rejection } from './rejection.ts';
import type { CaseState } from './state.ts';

/** What a command leads to: the events to keep, the effects to do in the same commit, and the state the events fold to. */
export type Decision =
  | {
      readonly ok: true;
      readonly events: readonly CaseEvent[];
      readonly effects: readonly Effect[];
      readonly state: CaseState;
    }
  | { readonly ok: false; readonly rejection: Rejection };

/** Decides a command. */
export type Decide = (definition: CompiledDefinition, state: CaseState | null, command: Command) => Decision;
