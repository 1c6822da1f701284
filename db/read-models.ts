import type {
  Actor,
  CaseView,
  DutyOverride,
  IncidentRecord,
  Instant,
  Json,
  JsonObject,
  Person,
  ProcessPackage,
  PublicationOverride,
  TaskRecord,
} from '../engine/index.ts';

/** A page of a list. `nextCursor` is absent on the last page; pass it back to get the next. */
export type Page<T> = { readonly items: readonly T[]; readonly nextCursor?: string };

/** A task as the inbox shows it. */
export type TaskListItem = {
  readonly tenantId: string;
  readonly caseId: string;
  readonly task: TaskRecord;
  readonly processKey: string;
  readonly businessKey?: string;
  readonly patientId?: string;
  /** The case variable `patient` (name, sex, ward, bed …), when the case has one. */
  readonly patient?: JsonObject;
  readonly overdue: boolean;
  /** The person is excluded by a separation of duties, but nobody else is there: it can be done with a documented reason. */
  readonly needsOverride?: boolean;
};

/**
 * `mine`: claimed by or assigned to the person. `groups`: unclaimed, and the person may take it.
 * `overdue`: either of the two, past its due date.
 */
export type TaskListView = 'mine' | 'groups' | 'overdue';

/** Question to the inbox. `person` carries the facts of now; every item passed `checkEligibility` with them. */
export type TaskListQuery = {
  readonly tenantId: string;
  readonly person: Person;
  readonly view: TaskListView;
  /** Prefix of the task's name, business key, patient id or patient name. */
  readonly search?: string;
  readonly processKey?: string;
  readonly cursor?: string;
  /** 1 to 200. */
  readonly limit: number;
};

/** Each view of the inbox is counted up to this: counting on would cost more the larger the hospital is. */
export const mostCounted = 100;

/** The inbox's page, with the number of tasks in each view, `mostCounted` for that many and more. */
export type TaskList = Page<TaskListItem> & { readonly counts: Readonly<Record<TaskListView, number>> };

/** A task with its case's header, open or closed. */
export type TaskDetail = TaskListItem & {
  readonly status: 'open' | 'completed' | 'cancelled';
  readonly closedAt?: Instant;
  readonly closedBy?: string;
  readonly version: number;
};

/** A case's row as lists show it. */
export type CaseRow = {
  readonly tenantId: string;
  readonly caseId: string;
  readonly processKey: string;
  readonly version: number;
  readonly definitionHash: string;
  readonly businessKey?: string;
  readonly patientId?: string;
  readonly patient?: JsonObject;
  readonly status: 'active' | 'ended';
  readonly outcome?: 'completed' | 'terminated' | 'error' | 'cancelled';
  readonly startedAt: Instant;
  readonly lastAt: Instant;
  readonly endedAt?: Instant;
  readonly openIncidents: number;
  /** Set where the case has left the database: what is here is all there is. */
  readonly archivedAt?: Instant;
};

/** What stays of a case that was archived. */
export type ArchivedCase = {
  readonly caseId: string;
  readonly processKey: string;
  readonly version: number;
  readonly businessKey?: string;
  readonly patientId?: string;
  readonly outcome?: CaseRow['outcome'];
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  /** Name of the archive that holds it. */
  readonly archive: string;
  readonly archivedAt: Instant;
  /** Code of the class of its records, and until when it is kept at least. */
  readonly recordClass: string;
  readonly keptUntil: Instant;
  /** When its archive was destroyed. */
  readonly destroyedAt?: Instant;
};

/** A case with everything its page needs. */
export type CaseDetail = {
  readonly row: CaseRow;
  readonly view: CaseView;
  readonly package: ProcessPackage;
  /** Version of the flow the case is pinned to. */
  readonly version: number;
};

/** Finds cases; all given conditions hold together. */
export type CaseQuery = {
  readonly tenantId: string;
  readonly patientId?: string;
  readonly businessKey?: string;
  readonly processKey?: string;
  readonly status?: 'active' | 'ended';
  /** Only cases with an open incident; at this element and of this kind, when they are named. */
  readonly incident?: { readonly elementId?: string; readonly code?: string };
  /** Only these cases. */
  readonly caseIds?: readonly string[];
  /** Directory id of somebody who acted in the case. */
  readonly actor?: string;
  /** Started at or after. */
  readonly from?: Instant;
  /** Started before. */
  readonly to?: Instant;
  /** Prefix of case id, business key, patient id or patient name. */
  readonly text?: string;
  readonly cursor?: string;
  readonly limit: number;
};

/** One entry of the audit screen, opened. */
export type HistoryItem = {
  readonly seq: number;
  readonly recordedAt: Instant;
  readonly occurredAt: Instant;
  readonly command: { readonly id: string; readonly type: string };
  readonly actor: Actor;
  readonly override?: DutyOverride;
  readonly version: number;
  readonly events: readonly Json[];
  readonly hash: string;
};

/** What the check of a case's hash chain found; `seq` names the first entry that does not fit. */
export type ChainVerdict =
  | { readonly status: 'intact'; readonly entries: number; readonly head: string }
  | { readonly status: 'broken'; readonly seq: number; readonly reason: string };

/** A case's history, opened with its key. */
export type History = {
  readonly entries: readonly HistoryItem[];
  readonly chain: ChainVerdict;
  /** Whether the folded history equals the stored state byte for byte. */
  readonly replaysToStoredState: boolean;
  /** The case as it was right after entry `seq`; undefined for a seq that does not exist. */
  stateAt(seq: number): CaseView | undefined;
};

/** A flow by its name, in its current version. */
export type FlowTitle = Pick<DefinitionRow, 'key' | 'title'>;

/** A flow in its current version. */
export type DefinitionRow = {
  readonly key: string;
  readonly version: number;
  readonly hash: string;
  readonly title: ProcessPackage['title'];
  readonly publishedAt: Instant;
  readonly publishedBy: string;
  readonly approvedBy?: string;
  /** Active cases by version. */
  readonly runningCases: readonly { readonly version: number; readonly cases: number }[];
};

/** An open incident. */
export type IncidentRow = {
  readonly caseId: string;
  readonly processKey: string;
  readonly businessKey?: string;
  readonly incident: IncidentRecord;
};

/** An open incident by what a batch needs of it. */
export type FoundIncident = {
  readonly caseId: string;
  readonly incidentId: string;
  readonly elementId: string;
  readonly code: string;
};

/** Asks how the hospital's cases are doing. */
export type OperationsQuery = { readonly tenantId: string; readonly now: Instant };

/** Work of the engine that waits: timers, deliveries to other systems, messages on their way. */
export type WorkQueue = {
  readonly kind: string;
  readonly waiting: number;
  /** Of these, what should have been done by now. */
  readonly due: number;
  /** Tried in vain and to be tried again. */
  readonly retrying: number;
  readonly underWay: number;
  readonly oldestDueAt: Instant | null;
};

/** Work that waits for one system, or, as `case`, for ourselves. */
export type WorkTopic = { readonly topic: string; readonly jobs: number };

/** Open incidents of one cause. */
export type IncidentGroup = {
  readonly processKey: string;
  readonly elementId: string;
  readonly code: string;
  readonly incidents: number;
  readonly oldestAt: Instant;
  readonly newestAt: Instant;
};

/** A step at which people's work waits. */
export type WaitingStep = {
  readonly processKey: string;
  readonly elementId: string;
  /** The step's name in its diagram. */
  readonly name: string;
  readonly open: number;
  readonly overdue: number;
  readonly oldestAt: Instant;
};

/** A running case in which nothing has happened for long. */
export type QuietCase = {
  readonly caseId: string;
  readonly processKey: string;
  readonly businessKey: string | null;
  readonly startedAt: Instant;
  readonly lastAt: Instant;
  /** Nothing is open that could move it on. */
  readonly stuck: boolean;
};

/** What screens read. Built by `createReadModels` (db/create-read-models.ts); the engine never reads it. */
export type ReadModels = {
  listTasks(query: TaskListQuery): Promise<TaskList>;
  getTask(query: { tenantId: string; caseId: string; taskId: string }): Promise<TaskDetail | undefined>;
  getCase(query: { tenantId: string; caseId: string }): Promise<CaseDetail | undefined>;
  /** Cases, archived ones among them where they are asked for by a number: those the database has nothing else of. */
  findCases(query: CaseQuery): Promise<Page<CaseRow>>;
  /** What stays of an archived case; nothing for one that is in the database. */
  getArchivedCase(query: { tenantId: string; caseId: string }): Promise<ArchivedCase | undefined>;
  listHistory(query: { tenantId: string; caseId: string }): Promise<History | undefined>;
  /** The cases themselves, newest first; no more than `limit`, which is taken as it is. */
  findCaseIds(query: CaseQuery): Promise<readonly string[]>;
  /** Open incidents of such cases, those at the element and of the kind the query names; oldest first, no more than `limit`. */
  findIncidents(query: CaseQuery): Promise<readonly FoundIncident[]>;
  listDefinitions(query: { tenantId: string }): Promise<readonly DefinitionRow[]>;
  listTitles(query: { tenantId: string }): Promise<readonly FlowTitle[]>;
  /** The current version, or the one asked for. */
  getPackage(query: { tenantId: string; key: string; version?: number }): Promise<
    | {
        readonly package: ProcessPackage;
        readonly version: number;
        readonly hash: string;
        readonly override?: PublicationOverride;
      }
    | undefined
  >;
  listIncidents(query: {
    tenantId: string;
    processKey?: string;
    cursor?: string;
    limit: number;
  }): Promise<Page<IncidentRow>>;
  listWorkQueues(query: OperationsQuery): Promise<readonly WorkQueue[]>;
  listWorkTopics(query: OperationsQuery): Promise<readonly WorkTopic[]>;
  listIncidentGroups(query: OperationsQuery): Promise<readonly IncidentGroup[]>;
  listWaitingSteps(query: OperationsQuery): Promise<readonly WaitingStep[]>;
  listQuietCases(query: OperationsQuery): Promise<readonly QuietCase[]>;
};
