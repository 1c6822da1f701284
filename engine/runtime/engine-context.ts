import type { Instant } from '../core/json.ts';
import type { CaseQueue } from './case-queue.ts';
import type { ChangePolicy } from './change-policy.ts';
import type { Compile } from './compile-once.ts';
import type { DefinitionCache } from './definition-cache.ts';
import type { KeptCases } from './kept-cases.ts';
import type {
  Clock,
  ConnectorRegistry,
  Directory,
  FormValidator,
  KeyRing,
  Randomness,
  Sleep,
  Stopwatch,
  Stores,
  WorkCalendars,
} from './ports.ts';
import type { TopicsUnderWay } from './run-due-work.ts';
import type { ProveSound } from './soundness-once.ts';
import type { Tracer } from './tracer.ts';

/** Says that a case changed, after the change is durable: live pages and the work loop listen. Carries no values of the case. */
export type CaseChanged = {
  readonly tenantId: string;
  readonly caseId: string;
  readonly version: number;
};

/** Something the runtime could not do and will try again; for the log, without values of a case. */
export type RuntimeProblem = {
  readonly doing: string;
  readonly tenantId?: string;
  readonly caseId?: string;
  readonly error: unknown;
};

/** What an engine is built from. Everything outside the engine comes in here and nowhere else. */
export type EngineParts = {
  readonly stores: Stores;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly randomness: Randomness;
  /** How the runtime waits: between two tries on a store that failed, and for a connector's silence to end. Default: in the machine's time. */
  readonly sleep?: Sleep;
  /** What waits are measured by: a command's for its turn, a leased job's to be begun. Default: the machine's. */
  readonly stopwatch?: Stopwatch;
  readonly keyRing: KeyRing;
  readonly connectors: ConnectorRegistry;
  readonly forms: FormValidator;
  /** Without them a flow that counts in working time is not published. */
  readonly calendars?: WorkCalendars;
  /** Called after each commit of this process. */
  readonly onCaseChanged?: (change: CaseChanged) => void;
  /** Called when this process wrote work; `dueAt` is the earliest of it. The host wakes its work loop. */
  readonly onWork?: (dueAt: Instant) => void;
  readonly onProblem?: (problem: RuntimeProblem) => void;
  /** How many cases' jobs run at a time; 1 makes runs repeatable. Default 8. */
  readonly concurrency?: number;
  /** How long a connector may take before its outcome counts as unknown. Default 30,000 ms. */
  readonly deliveryTimeoutMs?: number;
  /** How packages are compiled that somebody hands in; see `createCompileGuard`. Default: in this thread. */
  readonly compile?: Compile;
  /** How they are proved sound; see `createCompileGuard`. Default: in this thread. */
  readonly proveSound?: ProveSound;
  /** Who follows the work, for traces and figures. Default: nobody. */
  readonly tracer?: Tracer;
  /** Who may change running cases. Default: `defaultChangePolicy`. */
  readonly changePolicy?: ChangePolicy;
};

/** What the functions of the runtime share. */
export type EngineContext = EngineParts & {
  readonly sleep: Sleep;
  readonly stopwatch: Stopwatch;
  readonly queue: CaseQueue;
  readonly definitions: DefinitionCache;
  readonly kept: KeptCases;
  readonly underWay: TopicsUnderWay;
  readonly tracer: Tracer;
};
