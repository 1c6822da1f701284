import { inMemoryDirectory } from '../../app/hospital/directory.ts';
import { findPatient, patientVariable } from '../../app/hospital/patients.ts';
import type { Roster } from '../../app/hospital/roster.ts';
import { shippedWorkCalendar } from '../../app/hospital/work-calendar.ts';
import { inMemoryBooks } from '../../app/simulators/in-memory-books.ts';
import { createSimulators } from '../../app/simulators/index.ts';
import { createKeyRing } from '../../db/key-ring.ts';
import type { Engine, JsonObject, KeyRing, Person, Stores } from '../../engine/index.ts';
import { createEngine, createSeededRandomness, createVirtualClock, type MovableClock } from '../../engine/index.ts';
import { createFormValidator } from '../../forms/index.ts';

/** The demonstration hospital's id. */
export const hospital = '01900000-0000-7000-8000-000000000001';

/** Rows the runner compares with the cases' states and looks for due work in. */
export type StoreProbe = {
  readonly stores: Stores;
  /** Cases of the hospital, oldest first. */
  cases(): Promise<readonly { readonly caseId: string; readonly processKey: string; readonly version: number }[]>;
  rowsOf(caseId: string): Promise<CaseRows>;
  /** Due times of work, by whether it is a case's own timer or something on its way (delivery, message). */
  due(): Promise<readonly { readonly dueAt: string; readonly timer: boolean }[]>;
  /** Lets leases run out by this clock, in milliseconds, instead of the store's own. */
  keepTime(now: () => number): void;
};

/** Ids of the rows a case has. */
export type CaseRows = {
  readonly tasks: readonly string[];
  readonly timers: readonly string[];
  readonly deliveries: readonly string[];
  readonly subscriptions: readonly string[];
  readonly incidents: readonly string[];
};

/** Everything a scenario plays in: the real engine on a virtual clock, with the demo hospital's directory and simulators around it. */
export type World = {
  readonly clock: MovableClock;
  readonly probe: StoreProbe;
  readonly keyRing: KeyRing;
  readonly simulators: ReturnType<typeof createSimulators>;
  engine(): Engine;
  /** Throws the engine away and opens another on the same store. */
  crash(): void;
  setRoster(roster: Roster): void;
  person(id: string): Promise<Person>;
  patient(id: string): JsonObject;
  /** What the engine could not do and put off. */
  readonly problems: unknown[];
};

/** Shared by all worlds: a form's content is compiled once. */
const forms = createFormValidator();
const calendar = shippedWorkCalendar();
const calendars = { of: async () => calendar };

/** Builds a world at an instant. The same scenario gives the same ids, keys and nonces in every run. */
export function createWorld(probe: StoreProbe, at: string, seed: string): World {
  const clock = createVirtualClock(new Date(at).toISOString());
  probe.keepTime(() => Date.parse(clock.now()));
  const randomness = createSeededRandomness(seed);
  let roster: Roster = 'clock';
  const directory = inMemoryDirectory({ roster: () => roster });
  const simulators = createSimulators({ now: () => clock.now(), books: inMemoryBooks() });
  const byType = new Map(simulators.connectors.map((connector) => [connector.jobType, connector]));
  const keyRing = createKeyRing(randomness.bytes(32), (length) => randomness.bytes(length));
  const problems: unknown[] = [];
  const open = () =>
    createEngine({
      ...{ stores: probe.stores, directory, clock, randomness, keyRing, forms, calendars, concurrency: 1 },
      connectors: { find: (jobType) => byType.get(jobType) },
      onProblem: (problem) => problems.push(problem),
    });
  let engine = open();
  return {
    ...{ clock, probe, keyRing, simulators, problems },
    engine: () => engine,
    crash() {
      engine = open();
    },
    setRoster(next) {
      roster = next;
    },
    async person(id) {
      const found = await directory.person(hospital, id, clock.now());
      if (!found) throw new Error(`Expected a member of staff ${id}, but there is none`);
      return found;
    },
    patient(id) {
      const found = findPatient(id);
      if (!found) throw new Error(`Expected a patient ${id}, but there is none`);
      return patientVariable(found, clock.now());
    },
  };
}
