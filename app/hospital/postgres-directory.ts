import { and, eq } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { dutyHours, staff as staffTable } from '../../db/schema/index.ts';
import type { Directory, Instant, Person } from '../../engine/index.ts';
import { hospitalHour, nightStaff } from './roster.ts';
import { staff } from './staff.ts';

/** Who is on duty: by the clock, or as at another time of day, for demonstrations. */
export type DutyTime = 'clock' | 'day' | 'night';

const minutesOfDay = 1_440;
const noon = 720;

function minuteOf(at: Instant, time: DutyTime): number {
  if (time === 'day') return noon;
  if (time === 'night') return 0;
  return hospitalHour(at) * 60 + new Date(at).getUTCMinutes();
}

type StaffRow = typeof staffTable.$inferSelect;

function asPerson(row: StaffRow, onDuty: boolean): Person {
  const { personId: id, name, roles, department, credentials } = row;
  return { kind: 'person', id, name, roles, department, credentials, onDuty };
}

/** The hospital's directory and duty hours in PostgreSQL. `time` says whether the clock decides who is on duty. */
export function postgresDirectory({ inTenant }: Database, time: () => DutyTime = () => 'clock'): Directory {
  const hoursOf = (tenantId: string) =>
    inTenant(tenantId, (queries) => queries.select().from(dutyHours).where(eq(dutyHours.tenantId, tenantId)));
  const onDuty = async (tenantId: string, at: Instant) => {
    const minute = minuteOf(at, time());
    const hours = await hoursOf(tenantId);
    return new Set(
      hours
        .filter(({ fromMinute, toMinute }) => fromMinute <= minute && minute < toMinute)
        .map(({ personId }) => personId),
    );
  };
  const people = async (tenantId: string, at: Instant) => {
    const ids = await onDuty(tenantId, at);
    const rows = await inTenant(tenantId, (queries) =>
      queries.select().from(staffTable).where(eq(staffTable.tenantId, tenantId)).orderBy(staffTable.personId),
    );
    return rows.map((row) => asPerson(row, ids.has(row.personId)));
  };
  return {
    async person(tenantId, personId, at) {
      const [row] = await inTenant(tenantId, (queries) =>
        queries
          .select()
          .from(staffTable)
          .where(and(eq(staffTable.tenantId, tenantId), eq(staffTable.personId, personId))),
      );
      return row && asPerson(row, (await onDuty(tenantId, at)).has(row.personId));
    },
    async peopleOnDuty(tenantId, at, roles) {
      return (await people(tenantId, at))
        .filter((person) => person.onDuty)
        .filter((person) => roles.length === 0 || person.roles.some((role) => roles.includes(role)));
    },
    people,
  };
}

const dayHours = { fromMinute: 480, toMinute: 1_200 };
const nightHours = [
  { fromMinute: 0, toMinute: 480 },
  { fromMinute: 1_200, toMinute: minutesOfDay },
];

/** Enters the demo hospital's people and their hours. Done again, it changes nothing. */
export async function seedDirectory({ inTenant }: Database, tenantId: string): Promise<void> {
  const people = staff.map(({ id, ...rest }) => ({
    tenantId,
    personId: id,
    ...rest,
    roles: [...rest.roles],
    credentials: [...rest.credentials],
  }));
  const hours = staff.flatMap(({ id }) => {
    const all = nightStaff.includes(id) ? [...nightHours, dayHours] : [dayHours];
    return all.map((part) => ({ tenantId, personId: id, ...part }));
  });
  await inTenant(tenantId, async (queries) => {
    await queries.insert(staffTable).values(people).onConflictDoNothing();
    await queries.insert(dutyHours).values(hours).onConflictDoNothing();
  });
}
