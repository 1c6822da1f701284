import { createKeyRing } from '../../db/key-ring.ts';
import {
  type Clock,
  type Connector,
  type ConnectorResult,
  createEngine,
  createMemoryStore,
  createSeededRandomness,
  createVirtualClock,
  type EngineParts,
  type Person,
  type ProcessPackage,
  parseState,
  type Result,
  type Stores,
  trailOf,
  viewCase,
} from '../../engine/index.ts';

/** The hospital of these tests. */
export const tenantId = '01900000-0000-7000-8000-000000000001';
const start = '2026-03-02T00:00:00.000Z';

/** A member of staff, on duty. */
export function person(id: string, roles: readonly string[] = ['clerk'], onDuty = true): Person {
  return { kind: 'person', id, name: id, roles, department: 'CASH', credentials: [], onDuty };
}

/** The clerk who does everything here. */
export const clerk = person('clerk-ma');

/** A connector that gives the prepared answers in order, and remembers what it was sent. */
export function scriptedConnector(
  delivery: Connector['delivery'],
  answers: readonly ConnectorResult[],
  queries: readonly (ConnectorResult | { readonly status: 'not-received' })[] = [],
) {
  const sent: string[] = [];
  const asked: string[] = [];
  const connector: Connector = {
    jobType: 'payment.refund',
    delivery,
    async perform({ key }) {
      sent.push(key);
      return answers[sent.length - 1] ?? { status: 'done', output: {} };
    },
    async query({ key }) {
      asked.push(key);
      return queries[asked.length - 1] ?? { status: 'not-received' };
    },
  };
  return { connector, sent, asked };
}

/** An empty store whose leases run out by that clock. */
function memoryStoreOf(clock: Clock): Stores {
  const { tables, ...stores } = createMemoryStore();
  tables.stopwatch = () => Date.parse(clock.now());
  return stores;
}

/** An engine on a virtual clock, with one flow published. */
export async function openEngine(
  pkg: ProcessPackage,
  options: {
    stores?: Stores;
    connectors?: readonly Connector[];
    onDuty?: readonly Person[];
    parts?: Partial<EngineParts>;
  } = {},
) {
  const { connectors = [], onDuty = [clerk] } = options;
  const clock = createVirtualClock(start);
  const stores = options.stores ?? memoryStoreOf(clock);
  const randomness = createSeededRandomness('engine');
  const problems: unknown[] = [];
  const parts: EngineParts = {
    ...{ stores, clock, randomness, keyRing: createKeyRing(new Uint8Array(32).fill(7)), concurrency: 1 },
    directory: {
      person: async (_tenant, id) => onDuty.find((one) => one.id === id),
      peopleOnDuty: async (_tenant, _at, roles) =>
        onDuty.filter((one) => roles.length === 0 || one.roles.some((role) => roles.includes(role))),
      people: async () => onDuty,
    },
    connectors: { find: (jobType) => connectors.find((one) => one.jobType === jobType) },
    forms: { validate: async ({ data }) => ({ ok: true, data }) },
    onProblem: (problem) => problems.push(problem),
    ...options.parts,
  };
  const engine = createEngine(parts);
  const published = await engine.publish({ tenantId, by: clerk, pkg });
  if (!published.ok) throw new Error(JSON.stringify(published.rejection));
  return {
    ...{ engine, stores, clock, problems, parts },
    async startCase(variables = { orderNo: 'ORD-1', patient: { patientId: 'P000001', name: '王小明' } }) {
      return must(
        await engine.start({ tenantId, by: clerk, key: `start-${Math.random()}`, processKey: pkg.key, variables }),
      );
    },
    async see(caseId: string) {
      const { case: stored } = await stores.cases.load({ tenantId, caseId });
      if (!stored) throw new Error('Expected the case, but it is not there');
      const entries = await stores.cases.entries({ tenantId, caseId });
      const { completed } = trailOf(entries.flatMap(({ header }) => header.events));
      return { stored, view: { ...viewCase(parseState(stored.state)), completed } };
    },
    /** Runs what is due, waiting out retries of deliveries but no timer of a case. */
    async runAll(until = clock.now()) {
      for (;;) {
        while ((await engine.runDueWork({ limit: 50 })) > 0);
        const next = await stores.jobs.nextDue();
        if (next === undefined || next > until) break;
        clock.moveTo(next);
      }
      clock.moveTo(until);
    },
  };
}

/** The value of an accepted request. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`Expected acceptance, but ${result.rejection.code}: ${result.rejection.message}`);
  return result.value;
}
