import type { Directory, Instant, Person } from '../../engine/index.ts';
import { onDuty, type Roster } from './roster.ts';
import { type StaffMember, staff } from './staff.ts';

function asPerson(member: StaffMember, isOnDuty: boolean): Person {
  return {
    kind: 'person',
    id: member.id,
    name: member.name,
    roles: member.roles,
    department: member.department,
    credentials: member.credentials,
    onDuty: isOnDuty,
  };
}

/**
 * The demo hospital's directory in memory, for scenarios and for everything that needs no database.
 * `roster` may be a function, so that a scenario changes who is on duty while it runs.
 */
export function inMemoryDirectory(options: { readonly roster: Roster | (() => Roster) }): Directory {
  const { roster } = options;
  const rosterNow = typeof roster === 'function' ? roster : () => roster;
  const idsOnDuty = (at: Instant) => new Set(onDuty(rosterNow(), at));
  return {
    async person(_tenantId, personId, at) {
      const member = staff.find((candidate) => candidate.id === personId);
      return member && asPerson(member, idsOnDuty(at).has(member.id));
    },
    async peopleOnDuty(_tenantId, at, roles) {
      const ids = idsOnDuty(at);
      return staff
        .filter((member) => ids.has(member.id))
        .filter((member) => roles.length === 0 || member.roles.some((role) => roles.includes(role)))
        .map((member) => asPerson(member, true));
    },
    async people(_tenantId, at) {
      const ids = idsOnDuty(at);
      return staff.map((member) => asPerson(member, ids.has(member.id)));
    },
  };
}
