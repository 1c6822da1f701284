import type { TaskRecord } from './effect.ts';
import type { EligibilityRule } from './eligibility-rule.ts';
import type { CaseState, OpenTask, WaitOwner } from './state.ts';

/**
 * A task as events and states keep it. Every command reads and prints the open ones, so what its place says (ids, process) and what nobody
 * asked for (no role, no input, the usual priority) is left out.
 */
export type TaskFacts = Partial<Omit<TaskRecord, 'taskId' | 'elementId' | 'processId' | 'eligibility' | 'createdAt'>> &
  Pick<TaskRecord, 'createdAt'> & { readonly eligibility?: Partial<EligibilityRule> };

/** Priority of a task whose diagram names none. */
export const USUAL_PRIORITY = 50;

/** Who may work on the task. */
export function ruleOf({ eligibility = {} }: TaskFacts): EligibilityRule {
  const { roles = [], persons, department, credentials = [], onDuty = false } = eligibility;
  const { notActorOf = [], notPersons = [], override = 'never' } = eligibility;
  return { roles, persons, department, credentials, onDuty, notActorOf, notPersons, override };
}

/** What of a rule is more than nothing, if anything. */
export function whatIsAsked(rule: EligibilityRule): TaskFacts['eligibility'] {
  const asked = {
    credentials: unlessEmpty(rule.credentials),
    department: rule.department,
    notActorOf: unlessEmpty(rule.notActorOf),
    notPersons: unlessEmpty(rule.notPersons),
    onDuty: rule.onDuty || undefined,
    override: rule.override === 'never' ? undefined : rule.override,
    persons: unlessEmpty(rule.persons ?? []),
    roles: unlessEmpty(rule.roles),
  };
  return Object.values(asked).some((part) => part !== undefined) ? asked : undefined;
}

function unlessEmpty(codes: readonly string[]): readonly string[] | undefined {
  return codes.length === 0 ? undefined : codes;
}

/** The whole task, as lists and pages show it. */
export function taskRecord(taskId: string, { node }: WaitOwner, processId: string, facts: TaskFacts): TaskRecord {
  const { name = node, priority = USUAL_PRIORITY, input = {} } = facts;
  return { ...facts, taskId, elementId: node, processId, name, priority, input, eligibility: ruleOf(facts) };
}

/** The tasks of a case that are open, oldest first. */
export function openTasksOf(state: CaseState): readonly TaskRecord[] {
  return Object.entries(state.tasks).map(([n, open]) => recordOf(state, n, open));
}

function recordOf({ caseId, processId, scopes }: CaseState, n: string, open: OpenTask): TaskRecord {
  return taskRecord(`${caseId}-${n}`, open, scopes[open.scope]?.processId ?? processId, open.task);
}
