import { noTracer, type Person } from '../../engine/index.ts';
import type { Session } from '../session/sessions.server.ts';
import { createChanges } from './changes.ts';
import { createLog } from './log.ts';
import type { RequestContext } from './request-context.ts';
import { requestUnderWay } from './request-names.ts';
import type { Services } from './services.ts';

/** A part of the services that a test must not reach: every use of it fails, naming it. */
function mustNotBeUsed<T extends object>(name: string): T {
  const refuse = (_target: object, property: string | symbol) => {
    throw new Error(`Expected the test not to reach ${name}.${String(property)}, but it did.`);
  };
  return new Proxy({}, { get: refuse }) as T;
}

/** A person of the hospital. */
export function aPerson(roles: readonly string[], id = 'somebody'): Person {
  return { kind: 'person', id, name: '某人', roles, department: 'IT', credentials: [], onDuty: true };
}

/** Services of an empty demo hospital. `sessions` are live sessions by secret. */
export function fakeServices(
  options: { sessions?: Readonly<Record<string, Person>>; lines?: string[]; overrides?: Partial<Services> } = {},
): Services {
  const { sessions = {}, lines = [] } = options;
  const sessionOf = (secret: string): Session | undefined => {
    const person = sessions[secret];
    return person && { personId: person.id, expiresAt: '2027-01-01T00:00:00.000Z' };
  };
  return {
    tenantId: '01900000-0000-7000-8000-000000000001',
    hospitalName: { 'zh-CN': '示范医院', en: 'Demonstration Hospital' },
    names: { roles: {}, departments: {} },
    demo: true,
    demoAccounts: [],
    clock: { now: () => '2026-03-02T00:00:00.000Z' },
    log: createLog({ write: (line) => lines.push(line) }, () => ({ request: requestUnderWay() })),
    changes: createChanges(),
    readiness: async () => ({ ready: true, checks: { database: 'ok' } }),
    readFigures: async () => ({ contentType: 'text/plain', body: '' }),
    tracer: noTracer,
    clockAlarms: () => [],
    sessions: {
      logIn: async () => ({ code: 'wrong-credentials' }),
      find: async ({ secret }) => sessionOf(secret),
      peek: async ({ secret }) => sessionOf(secret),
      logOut: async () => {},
      chooseLanguage: async () => {},
    },
    directory: {
      person: async (_tenantId, id) => Object.values(sessions).find((person) => person.id === id),
      peopleOnDuty: async () => [],
      people: async () => Object.values(sessions),
    },
    engine: mustNotBeUsed('engine'),
    readModels: mustNotBeUsed('readModels'),
    drafts: mustNotBeUsed('drafts'),
    packageHash: () => '',
    clinicalModdle: {},
    patients: mustNotBeUsed('patients'),
    lookups: mustNotBeUsed('lookups'),
    readAudit: { record: async () => {} },
    prints: mustNotBeUsed('prints'),
    overrideReviews: mustNotBeUsed('overrideReviews'),
    hospital: mustNotBeUsed('hospital'),
    flowEntries: {},
    ...options.overrides,
  };
}

/** What a loader or action gets when this person asks. */
export function fakeContext(person: Person | undefined, services = fakeServices()): RequestContext {
  return {
    services,
    requestId: '00000000-0000-4000-8000-000000000000',
    nonce: 'nonce',
    language: 'zh-CN',
    csrfToken: 'token',
    cookieSecret: 'secret',
    secure: false,
    from: '127.0.0.1',
    person,
  };
}
