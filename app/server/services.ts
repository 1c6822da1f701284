import type { DraftStore } from '../../db/draft-store.ts';
import type { ReadModels } from '../../db/read-models.ts';
import type { Clock, Directory, Engine, JsonObject, Language, ProcessPackage, Tracer } from '../../engine/index.ts';
import type { OverrideReviews } from '../audit/override-reviews.server.ts';
import type { HospitalDesk } from '../hospital/hospital-desk.server.ts';
import type { PrintStore } from '../print/print-store.ts';
import type { Sessions } from '../session/sessions.server.ts';
import type { SimulatorDesk } from '../simulators/desk.server.ts';
import type { Changes } from './changes.ts';
import type { ClockAlarm } from './clock-watch.ts';
import type { Readiness } from './health.ts';
import type { Log } from './log.ts';
import type { ReadFigures } from './metrics-route.ts';

/** A name in both languages. */
export type Named = Readonly<Record<Language, string>>;

/** A demo account as the login page lists it. */
export type DemoAccount = {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  readonly department: string;
  readonly roles: readonly string[];
};

/** One way into a flow: the process a person starts, and who may. */
export type FlowEntry = {
  readonly processId: string;
  readonly title: Named;
  readonly summary?: Named;
  /** Roles of which one is needed; empty: everybody. */
  readonly starters: readonly string[];
};

/** The hospital's patients, as the picker finds them. */
export type PatientDesk = {
  /** By a part of name, pinyin or number. */
  search(query: { tenantId: string; text: string; limit: number; at: string }): Promise<readonly JsonObject[]>;
  /** The case variable `patient`. */
  find(query: { tenantId: string; patientId: string; at: string }): Promise<JsonObject | undefined>;
};

/** One row of a lookup field. */
export type LookupItem = {
  readonly value: string;
  readonly label: string;
  readonly labelEn?: string;
  /** Further facts shown beside the label. */
  readonly detail?: string;
};

/** Code lists that form fields search in. */
export type Lookups = {
  /** Undefined when there is no list of that name. */
  find(query: {
    tenantId: string;
    name: string;
    text: string;
    limit: number;
  }): Promise<readonly LookupItem[] | undefined>;
};

/** A page of a patient that somebody looked at. */
export type PatientRead = {
  readonly tenantId: string;
  readonly personId: string;
  readonly at: string;
  /** Screen, e.g. `task`. */
  readonly screen: string;
  /** Patients whose data were shown. */
  readonly patientIds: readonly string[];
  readonly caseId?: string;
  readonly requestId: string;
};

/** Who saw which patient's data, written in the request that shows them. */
export type ReadAudit = {
  record(read: PatientRead): Promise<void>;
};

/** The demonstration's controls; absent elsewhere. */
export type DemoControls = {
  /** Moves the clock forward and runs what has become due. */
  advance(duration: string): Promise<{ readonly now: string; readonly done: number } | 'not-a-duration'>;
  /** Who is on duty: by the clock, everybody, or the night staff. */
  roster(): 'clock' | 'day' | 'night';
  setRoster(roster: 'clock' | 'day' | 'night'): Promise<void>;
};

/** Everything the screens work with. Made once by the composition root and handed to every request. */
export type Services = {
  readonly tenantId: string;
  readonly hospitalName: Named;
  /** Names of the directory's codes. */
  readonly names: {
    readonly roles: Readonly<Record<string, Named>>;
    readonly departments: Readonly<Record<string, Named>>;
  };
  /** Whether this is the demonstration with invented people. */
  readonly demo: boolean;
  /** Empty outside the demonstration. */
  readonly demoAccounts: readonly DemoAccount[];
  readonly clock: Clock;
  readonly log: Log;
  readonly changes: Changes;
  readonly readiness: () => Promise<Readiness>;
  /** What `/metrics` answers with. */
  readonly readFigures: ReadFigures;
  /** Who follows requests and commands, for figures and traces. */
  readonly tracer: Tracer;
  /** What was noticed of the server's clock in the last day. */
  readonly clockAlarms: () => readonly ClockAlarm[];
  readonly sessions: Sessions;
  readonly directory: Directory;
  readonly engine: Engine;
  readonly readModels: ReadModels;
  /** Flows being changed, and their reviews. */
  readonly drafts: DraftStore;
  /** Content hash of a package: what an approval is bound to. */
  readonly packageHash: (pkg: ProcessPackage) => string;
  /** Moddle descriptor of the clinical namespace, for the modeler. */
  readonly clinicalModdle: object;
  readonly patients: PatientDesk;
  readonly lookups: Lookups;
  readonly readAudit: ReadAudit;
  /** Which papers were printed, by whom, and how often. */
  readonly prints: PrintStore;
  readonly overrideReviews: OverrideReviews;
  /** The simulated systems' controls; absent outside the demonstration. */
  readonly simulators?: SimulatorDesk;
  /** Charge office and papers. */
  readonly hospital: HospitalDesk;
  readonly demoControls?: DemoControls;
  /** Ways into the flows that come with Meridian, by the flow's key. */
  readonly flowEntries: Readonly<Record<string, readonly FlowEntry[]>>;
};
