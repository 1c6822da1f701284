import type { CompiledDefinition } from '../../ir/definition.ts';
import type { CaseState } from '../state.ts';
import type { MigrationMapping } from './mapping.ts';
import { type Migration, remark } from './migration-plan.ts';
import { planMigration } from './plan-migration.ts';
import { type MigrationVerdict, verdictOf } from './verdict.ts';

/** What a verdict depends on besides the case, the versions and the mapping. */
export type MigrationFacts = Pick<Migration, 'timers' | 'changedForms'> & {
  /** Whether somebody has looked up in the history who did what the new version asks for and the old one did not. */
  readonly actorsKnown: boolean;
};

/** Whether a case can be moved to another version by a mapping, and what there is to say about it. Nothing is decided or kept. */
export function checkMigration(
  state: CaseState,
  from: CompiledDefinition,
  to: CompiledDefinition,
  mapping: MigrationMapping,
  facts: MigrationFacts,
): MigrationVerdict {
  const { timers, changedForms, actorsKnown } = facts;
  const plan = planMigration({ state, from, to, mapping, timers, changedForms });
  if (!actorsKnown) for (const element of actorsAskedAnew(plan.migration)) remark(plan, 'actors-unknown', element);
  return verdictOf(plan.notes);
}

/** Elements of the old version whose actors only the new one asks for: a running case remembers who did what only where it is asked. */
export function actorsAskedAnew({ from, to, mapping }: Pick<Migration, 'from' | 'to' | 'mapping'>): readonly string[] {
  const remembers = (element: string) => from.actorsRead === 'all' || from.actorsRead.includes(element);
  return Object.keys(mapping).filter((element) => {
    const successor = mapping[element];
    const asked = successor !== undefined && (to.actorsRead === 'all' || to.actorsRead.includes(successor));
    return asked && !remembers(element) && isPersons(from, element);
  });
}

function isPersons(definition: CompiledDefinition, element: string): boolean {
  return Object.values(definition.scopes).some(({ nodes }) => {
    const node = nodes[element];
    return node?.body.kind === 'task' || node?.type === 'bpmn:StartEvent';
  });
}

/** Who did what, under the elements of the new version. */
export function mappedActors(
  migration: Pick<Migration, 'mapping'>,
  actors: CaseState['actors'],
): { [element: string]: readonly string[] } {
  const after: { [element: string]: readonly string[] } = {};
  for (const [element, persons] of Object.entries(actors)) {
    const to = Object.hasOwn(migration.mapping, element) ? (migration.mapping[element] ?? element) : element;
    after[to] = [...(after[to] ?? []), ...persons];
  }
  return after;
}
