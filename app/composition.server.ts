import { demoHospital, departments } from './hospital/departments.ts';
import { inMemoryDirectory } from './hospital/directory.ts';
import { roles } from './hospital/roles.ts';
import { staff } from './hospital/staff.ts';
import { createChanges } from './server/changes.ts';
import { createLog } from './server/log.ts';
import type { Services } from './server/services.ts';
import { createSessions } from './session/create-sessions.server.ts';
import { memorySessionStore } from './session/memory-session-store.ts';
import { hashPassword } from './session/password.server.ts';
import { createLoginThrottle } from './session/throttle.server.ts';
import type { Settings } from './settings.server.ts';

const byCode = (list: readonly { code: string; name: string; nameEn: string }[]) =>
  Object.fromEntries(list.map(({ code, name, nameEn }) => [code, { 'zh-CN': name, en: nameEn }]));

/** Puts the product together: the only place where settings, database, engine, demo hospital and screens meet. */
export async function compose(
  settings: Settings,
  say: (line: string) => void,
): Promise<{ services: Services; close: () => Promise<void> }> {
  const log = createLog();
  const changes = createChanges();
  const store = memorySessionStore();
  if (settings.demo) {
    say('Preparing the demo hospital …');
    const passwordHash = await hashPassword('meridian-demo');
    for (const one of staff) {
      await store.saveAccount(demoHospital.id, { personId: one.id, loginName: one.id, passwordHash, locked: false });
    }
  }
  return {
    services: {
      tenantId: demoHospital.id,
      hospitalName: { 'zh-CN': demoHospital.name, en: demoHospital.nameEn },
      names: { roles: byCode(roles), departments: byCode(departments) },
      demo: settings.demo,
      demoAccounts: settings.demo ? staff : [],
      clock: { now: () => new Date().toISOString() },
      log,
      changes,
      readiness: async () => ({ ready: true, checks: {} }),
      sessions: createSessions({ store, throttle: createLoginThrottle(), now: Date.now }),
      directory: inMemoryDirectory({ roster: 'day' }),
    },
    close: async () => changes.close(),
  };
}
