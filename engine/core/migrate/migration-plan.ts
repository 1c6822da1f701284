import type { CompiledDefinition, ScopeDefinition } from '../../ir/definition.ts';
import type { Trigger } from '../../ir/kernel.ts';
import type { CaseState, ScopeState, WaitOwner } from '../state.ts';
import type { MigrationMapping, TimerChoice } from './mapping.ts';
import type { MigrationBlock, MigrationNote, MigrationRemark } from './verdict.ts';

/** What a migration is about. */
export type Migration = {
  readonly state: CaseState;
  readonly from: CompiledDefinition;
  readonly to: CompiledDefinition;
  readonly mapping: MigrationMapping;
  readonly timers: TimerChoice;
  /** Forms, by id, whose content differs between the versions. */
  readonly changedForms: readonly string[];
};

/** What an open scope becomes. */
export type ScopePlan = { readonly definition: ScopeDefinition; readonly change: Partial<ScopeState> };

/** What a token becomes. */
export type TokenPlan = { readonly node: string; readonly flow?: string; readonly task: 'keep' | 'issue-again' };

/**
 * What becomes of what one place waits for: closed, kept under another element, closed and opened as the new version has it, or opened besides.
 * `owner` is the place as it was, for `arm` as it will be.
 */
export type WaitPlan =
  | { readonly how: 'drop'; readonly owner: WaitOwner }
  | { readonly how: 'rebind'; readonly owner: WaitOwner; readonly node: string }
  | { readonly how: 'rearm'; readonly owner: WaitOwner; readonly node: string; readonly trigger: Trigger }
  | { readonly how: 'arm'; readonly owner: WaitOwner; readonly trigger: Trigger };

/** Everything that will be done to a case, and what there is to say about it. With a block among the notes nothing of it may be done. */
export type MigrationPlan = {
  readonly migration: Migration;
  readonly scopes: Map<number, ScopePlan>;
  readonly tokens: Map<number, TokenPlan>;
  readonly waits: WaitPlan[];
  readonly notes: MigrationNote[];
};

/** Says what stands against the migration. */
export function block(plan: MigrationPlan, code: MigrationBlock, elementId: string): void {
  plan.notes.push({ severity: 'block', code, elementId, ...successor(plan, elementId) });
}

/** Says what a person should know. */
export function remark(plan: MigrationPlan, code: MigrationRemark, elementId: string): void {
  plan.notes.push({ severity: 'remark', code, elementId, ...successor(plan, elementId) });
}

function successor({ migration }: MigrationPlan, elementId: string): { readonly to?: string } {
  const to = mapped(migration, elementId);
  return to === undefined || to === elementId ? {} : { to };
}

/** Successor of an element. */
export function mapped({ mapping }: Migration, elementId: string): string | undefined {
  return Object.hasOwn(mapping, elementId) ? mapping[elementId] : undefined;
}
