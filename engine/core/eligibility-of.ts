import type { PeopleTemplate, ValueSource } from '../ir/kernel.ts';
import { codesIn } from '../ir/value-source.ts';
import type { EligibilityRule } from './eligibility-rule.ts';
import { isList, resolveValue, textOf } from './expression.ts';
import type { JsonObject } from './json.ts';
import { found, type Outcome, type Run, stuck } from './run.ts';

/** The rule by which people are judged, its expressions answered on what is known now. */
export function eligibilityOf(run: Run, template: PeopleTemplate, context: JsonObject): Outcome<EligibilityRule> {
  const roles = codesOf(run, template.candidateGroups, context);
  if (!roles.ok) return roles;
  const persons = codesOf(run, template.candidateUsers, context);
  if (!persons.ok) return persons;
  const department = textOf(run, template.eligibility.department, context);
  if (!department.ok) return department;
  const notPersons = codesOf(run, template.eligibility.notPersons, context);
  if (!notPersons.ok) return notPersons;
  const { credentials, onDuty, notActorOf, override } = template.eligibility;
  return found({
    roles: roles.value,
    ...(persons.value.length === 0 ? {} : { persons: persons.value }),
    ...(department.value === undefined ? {} : { department: department.value }),
    credentials,
    onDuty,
    notActorOf,
    notPersons: notPersons.value,
    override,
  });
}

/** A comma list in the diagram, or a FEEL list of texts. Null, and null members, are nobody. */
function codesOf(run: Run, source: ValueSource | undefined, context: JsonObject): Outcome<readonly string[]> {
  if (!source) return found([]);
  const value = resolveValue(run, source, context);
  if (!value.ok) return value;
  if (value.value === null) return found([]);
  const members = isList(value.value)
    ? value.value
    : typeof value.value === 'string'
      ? codesIn(value.value)
      : undefined;
  const known = members?.filter((member) => member !== null);
  if (!known?.every((member) => typeof member === 'string'))
    return stuck('expression-failed', 'Expected a list of codes for the task, but it is something else');
  return found(known.map((member) => member.trim()).filter((member) => member !== ''));
}
