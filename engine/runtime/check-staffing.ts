import { withNames } from '../compile/with-names.ts';
import type { Person } from '../core/actor.ts';
import { checkEligibility } from '../core/check-eligibility.ts';
import type { EligibilityRule } from '../core/eligibility-rule.ts';
import type { CompiledDefinition } from '../ir/definition.ts';
import type { Finding } from '../ir/finding.ts';
import type { TaskTemplate } from '../ir/kernel.ts';
import { writtenCodes, writtenText } from '../ir/value-source.ts';

/**
 * User tasks that nobody of the hospital may do, judged by everybody's roles, department and credentials. What is computed when a task opens is
 * taken to fit; being on duty is a matter of the day and not asked.
 */
export function checkStaffing(definition: CompiledDefinition, people: readonly Person[]): readonly Finding[] {
  const present = people.map((person) => ({ ...person, onDuty: true }));
  const tasks = new Map(
    Object.values(definition.scopes)
      .flatMap(({ nodes }) => Object.values(nodes))
      .flatMap((node) => (node.body.kind === 'task' ? [[node.id, node.body.task] as const] : [])),
  );
  const eligible = (task: TaskTemplate) =>
    present.filter((person) => checkEligibility(ruleOf(task), person, {}).ok).map(({ id }) => id);
  const findings = [...tasks].flatMap(([id, task]) => {
    const able = eligible(task);
    if (able.length === 0) return [nobody(id, demandsOf(task))];
    // One person alone may do this, and has already done what excludes whoever did it.
    const [only] = able.length === 1 ? able : [];
    const before = task.eligibility.notActorOf.find((other) => {
      const earlier = tasks.get(other);
      return only !== undefined && earlier !== undefined && eligible(earlier).every((one) => one === only);
    });
    return before === undefined ? [] : [nobody(id, `${demandsOf(task)}; ≠ ${before}`)];
  });
  return withNames(findings, definition);
}

function ruleOf({ candidateGroups, candidateUsers, eligibility }: TaskTemplate): EligibilityRule {
  const { department, credentials } = eligibility;
  return {
    roles: writtenCodes(candidateGroups),
    persons: writtenCodes(candidateUsers),
    department: writtenText(department),
    credentials,
    onDuty: false,
    notActorOf: [],
    notPersons: [],
    override: 'never',
  };
}

function demandsOf(task: TaskTemplate): string {
  const { roles, persons = [], department, credentials } = ruleOf(task);
  return [[...roles, ...persons].join(' / '), department, ...credentials]
    .filter((one) => one !== undefined && one !== '')
    .join(', ');
}

function nobody(elementId: string, wanted: string): Finding {
  const message = `Expected somebody to be eligible for ${elementId} (${wanted}), but nobody is`;
  return { rule: 'nobody-eligible', severity: 'warning', message, elementId, params: { wanted } };
}
