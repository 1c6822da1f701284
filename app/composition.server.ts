import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createBell } from '../db/bell.ts';
import { byOneNode } from '../db/by-one-node.ts';
import type { Database } from '../db/connect.ts';
import { createReadModels } from '../db/create-read-models.ts';
import { createDatabaseClock } from '../db/database-clock.ts';
import { createDraftStore } from '../db/draft-store.ts';
import { startKeepingHouse } from '../db/keep-house.ts';
import { createKeyRing, loadMasterKey } from '../db/key-ring.ts';
import { createPostgresStores } from '../db/stores.ts';
import {
  createAheadClock,
  createCompileGuard,
  createEngine,
  createSystemRandomness,
  createWorkLoop,
  defaultChangePolicy,
  hashPackage,
  type RuntimeProblem,
  type WorkLoop,
} from '../engine/index.ts';
import { createFormValidator } from '../forms/index.ts';
import { loadShippedPackages } from '../processes/index.ts';
import { postgresOverrideReviews } from './audit/override-reviews.server.ts';
import { type ConnectedDatabase, connectDatabase } from './composition/connect-database.server.ts';
import { createDemoControls, type DemoRoster, restoreDemo } from './composition/demo-controls.server.ts';
import { flowEntries } from './composition/flow-entries.server.ts';
import { createInstallationFacts } from './composition/installation-facts.server.ts';
import { playMorning } from './composition/play-morning.server.ts';
import { prepareDemo } from './composition/prepare-demo.server.ts';
import { watchClock } from './composition/watch-clock.server.ts';
import { demoHospital, departments } from './hospital/departments.ts';
import { createHospitalDesk } from './hospital/hospital-desk.server.ts';
import { createLookups, createPatientDesk } from './hospital/lookups.ts';
import { postgresDirectory } from './hospital/postgres-directory.ts';
import { roles } from './hospital/roles.ts';
import { staff } from './hospital/staff.ts';
import { hospitalCalendars } from './hospital/work-calendar.ts';
import { postgresPrints } from './print/postgres-prints.server.ts';
import { postgresReadAudit } from './security/postgres-read-audit.server.ts';
import { createChanges } from './server/changes.ts';
import type { Readiness } from './server/health.ts';
import { createLog } from './server/log.ts';
import { requestUnderWay } from './server/request-names.ts';
import type { Services } from './server/services.ts';
import { createSessions } from './session/create-sessions.server.ts';
import { postgresFailureCounter, postgresSessionStore } from './session/postgres-session-store.server.ts';
import { createLoginThrottle } from './session/throttle.server.ts';
import type { Settings } from './settings.server.ts';
import { createSimulatorDesk } from './simulators/desk.server.ts';
import { createSimulators } from './simulators/index.ts';
import { postgresBooks } from './simulators/postgres-books.ts';
import { measureDatabase } from './telemetry/measure-database.ts';
import { measureStores } from './telemetry/measure-stores.ts';
import { readWork } from './telemetry/read-work.server.ts';
import { openTelemetry } from './telemetry/telemetry.server.ts';
import { traceIdOf } from './telemetry/traceparent.ts';

/** The product, put together. */
export type Composition = { readonly services: Services; close(): Promise<void> };

/** Place of the node that plays the demonstration's morning. */
const morningPlace = 740_215_002;

/** Milliseconds an ending product waits for work under way. */
const patienceWithWork = 5_000;

/** Milliseconds from one look at what the database has to be relieved of to the next. */
const betweenHousekeeping = 3_600_000;

const byCode = (list: readonly { code: string; name: string; nameEn: string }[]) =>
  Object.fromEntries(list.map(({ code, name, nameEn }) => [code, { 'zh-CN': name, en: nameEn }]));

/**
 * Puts the product together: the only place where settings, database, engine, demo hospital and screens meet.
 * Gives up, everything closed again, when `stop` is aborted before the database is there.
 */
export async function compose(
  settings: Settings,
  say: (line: string) => void,
  stop: AbortSignal,
): Promise<Composition> {
  const connected = await connectDatabase(settings, say);
  try {
    stop.throwIfAborted();
    return await composeOn(settings, say, connected);
  } catch (error) {
    await connected.close();
    throw error;
  }
}

async function composeOn(
  settings: Settings,
  say: (line: string) => void,
  { database: connected, alone, close: closeDatabase }: ConnectedDatabase,
): Promise<Composition> {
  const telemetry = await openTelemetry(settings.tracesTo);
  const { figures, tracer } = telemetry;
  const database = measureDatabase(connected, figures);
  const tenantId = demoHospital.id;
  const log = createLog(undefined, () => ({ request: requestUnderWay(), trace: traceIdOf(tracer.current()) }));
  const changes = createChanges();
  const databaseClock = await createDatabaseClock(database);
  const clock = createAheadClock(databaseClock);
  const facts = createInstallationFacts(database, tenantId);
  let roster: DemoRoster = settings.demo ? await restoreDemo(facts, clock) : 'clock';
  const directory = postgresDirectory(database, () => roster);
  const keyRing = createKeyRing(loadMasterKey(settings.dataDir));
  const readModels = createReadModels({ database, keyRing, directory, clock });
  const books = postgresBooks(database, tenantId);
  const simulators = settings.demo
    ? createSimulators({ now: clock.now, books, shifts: 'required', sleep: async (ms) => void (await sleep(ms)) })
    : undefined;
  const connectors = simulators?.connectors ?? [];
  const byType = new Map(connectors.map((connector) => [connector.jobType, connector]));
  const stores = measureStores(createPostgresStores(database, { onCommits: figures.commitsWritten }), figures);
  // What a killed predecessor held is due now, not when its leases run out.
  if (alone) await stores.jobs.returnLeases();
  let loop: WorkLoop | undefined;
  const onRing = () => {
    changes.announce();
    loop?.wake();
  };
  const bell = createBell(database, { onRing });
  const onProblem = ({ doing, error }: RuntimeProblem) => log.failure(error, { doing });
  // What people hand in is looked at where it can hold nobody up.
  const guard = createCompileGuard();
  const engine = createEngine({
    compile: guard.compile,
    proveSound: guard.proveSound,
    stores,
    directory,
    clock,
    randomness: createSystemRandomness(),
    keyRing,
    connectors: { find: (jobType) => byType.get(jobType) },
    forms: createFormValidator(),
    calendars: hospitalCalendars(settings.dataDir),
    onCaseChanged() {
      changes.announce();
      bell.ring();
    },
    onWork: () => loop?.wake(),
    onProblem,
    tracer,
    changePolicy: {
      ...defaultChangePolicy,
      ...{ secondPersonAbove: settings.secondPersonAbove, mostChosen: settings.batchLimit },
    },
    deliveryTimeoutMs: settings.deliveryTimeoutMs,
  });
  const packages = settings.demo ? await loadShippedPackages() : [];
  const store = postgresSessionStore(database);
  const patients = createPatientDesk();
  const hospital = createHospitalDesk(books);
  if (settings.demo) {
    say('Preparing the demo hospital …');
    await prepareDemo({ tenantId, database, store, packages, engine, readModels, facts, directory, clock, say });
  }
  loop = createWorkLoop(engine, { onProblem });
  let ending = false;
  const stage = { tenantId, engine, readModels, directory, patients, clock, facts, say, ending: () => ending };
  // Not waited for: the login page is there at once, the inboxes fill in the next seconds.
  const morning = settings.demo
    ? byOneNode(database, morningPlace, () => playMorning(stage)).catch(
        (error: unknown) => void onProblem({ doing: 'playing the morning', error }),
      )
    : undefined;
  const announce = () => changes.announce();
  const setRoster = (next: DemoRoster) => {
    roster = next;
  };
  const clockWatch = watchClock(database, log);
  const house = startKeepingHouse(database, {
    everyMilliseconds: betweenHousekeeping,
    onProblem: (error) => onProblem({ doing: 'keeping the database in order', error }),
  });
  readWork(figures, {
    ...{ reads: readModels, tenantId, clock, jobTypes: [...byType.keys()] },
    ...{ eventStreams: changes.listeners, connections: database.maxConnections },
  });
  const services: Services = {
    tenantId,
    hospitalName: settings.hospitalName,
    names: { roles: byCode(roles), departments: byCode(departments) },
    demo: settings.demo,
    demoAccounts: settings.demo ? staff : [],
    clock,
    log,
    changes,
    readiness: () => checkReadiness(database),
    readFigures: figures.read,
    tracer,
    clockAlarms: clockWatch.alarms,
    sessions: createSessions({ store, throttle: createLoginThrottle(postgresFailureCounter(database)), now: Date.now }),
    directory,
    engine,
    readModels,
    drafts: createDraftStore(database),
    packageHash: hashPackage,
    clinicalModdle: await readClinicalModdle(),
    patients,
    lookups: createLookups(hospital.sales),
    readAudit: postgresReadAudit(database),
    prints: postgresPrints(database),
    overrideReviews: postgresOverrideReviews(database),
    hospital,
    simulators: simulators && createSimulatorDesk({ simulators, engine, tenantId, now: clock.now, newId: randomUUID }),
    demoControls: settings.demo
      ? createDemoControls({ facts, clock, engine, roster: { get: () => roster, set: setRoster }, announce })
      : undefined,
    flowEntries: flowEntries(packages),
  };
  return {
    services,
    async close() {
      ending = true;
      changes.close();
      clockWatch.stop();
      const houseKept = house.stop();
      databaseClock.stop();
      bell.close();
      await morning;
      // What a slow outside system has not answered by then is given back at the next start.
      await Promise.race([loop?.stop(), sleep(patienceWithWork)]);
      await guard.close();
      await Promise.race([houseKept, sleep(patienceWithWork)]);
      await telemetry.close();
      await closeDatabase();
    },
  };
}

/** The descriptor of our own namespace: the modeler reads diagrams with it as the engine does. */
async function readClinicalModdle(): Promise<object> {
  return JSON.parse(await readFile(new URL('../engine/bpmn/clinical.json', import.meta.url), 'utf8'));
}

async function checkReadiness({ send }: Database): Promise<Readiness> {
  await send((raw) => raw`select 1`);
  return { ready: true, checks: { database: 'ok' } };
}
