import { describe, expect, it } from 'vitest';
import { departments } from './departments.ts';
import { inMemoryDirectory } from './directory.ts';
import { roles } from './roles.ts';
import { nightStaff } from './roster.ts';
import { staff } from './staff.ts';

const tenant = '01900000-0000-7000-8000-000000000001';
const noon = '2026-03-02T04:00:00.000Z';
const night = '2026-03-02T15:00:00.000Z';

describe('the demo directory', () => {
  it('names only departments and roles that exist', () => {
    const departmentCodes = departments.map((department) => department.code);
    const roleCodes = roles.map((role) => role.code);
    for (const person of staff) {
      expect(departmentCodes).toContain(person.department);
      for (const role of person.roles) expect(roleCodes).toContain(role);
    }
  });

  it('has somebody for every role', () => {
    for (const role of roles)
      expect(
        staff.some((person) => person.roles.includes(role.code)),
        role.code,
      ).toBe(true);
  });

  it('has everybody on duty by day and the night staff by night', async () => {
    const directory = inMemoryDirectory({ roster: 'clock' });
    expect(await directory.peopleOnDuty(tenant, noon, [])).toHaveLength(staff.length);
    const atNight = await directory.peopleOnDuty(tenant, night, []);
    expect(atNight.map((person) => person.id).sort()).toEqual([...nightStaff].sort());
    expect((await directory.person(tenant, 'dr-wang', night))?.onDuty).toBe(false);
    expect((await directory.person(tenant, 'clerk-ma', night))?.onDuty).toBe(true);
  });

  it('finds people by any of the roles asked for', async () => {
    const directory = inMemoryDirectory({ roster: 'day' });
    const found = await directory.peopleOnDuty(tenant, night, ['finance-head', 'hospital-leader']);
    expect(found.map((person) => person.id).sort()).toEqual(['fh-gao', 'ld-shen']);
  });

  it('follows a roster that changes', async () => {
    let roster: readonly string[] = ['clerk-ma'];
    const directory = inMemoryDirectory({ roster: () => roster });
    expect(await directory.peopleOnDuty(tenant, noon, ['clerk'])).toHaveLength(1);
    roster = ['clerk-ma', 'clerk-zhu'];
    expect(await directory.peopleOnDuty(tenant, noon, ['clerk'])).toHaveLength(2);
  });
});
