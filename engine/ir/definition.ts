import type { Json, JsonObject } from '../core/json.ts';
import type { AdHoc, EventScope, IrNode, TimerSource } from './kernel.ts';
import type { MachineConfig } from './machine.ts';
import type { Language } from './package.ts';
import type { RecordClass } from './record-class.ts';

/**
 * A compiled process package: plain JSON, made by `compilePackage`, read by `decide`. Its hash is the content hash of the package it was made
 * from, given by whoever stores it; compiling the same package again gives the same definition.
 */
export type CompiledDefinition = {
  readonly format: 1;
  /** Content hash of the package, as given to `compilePackage`; cases record it. */
  readonly hash: string;
  readonly key: string;
  readonly title: Readonly<Record<Language, string>>;
  /** Hospital zone for local dates and calendar durations. */
  readonly zone: string;
  /** Executable processes of the diagram by BPMN id. */
  readonly processes: Readonly<Record<string, ProcessDefinition>>;
  /** Scopes by id: processes, sub-processes, event sub-processes and multi-instance bodies (`<activity>#body`). */
  readonly scopes: Readonly<Record<string, ScopeDefinition>>;
  /** Set where an expression calls a function of working time: every command then comes with the hospital's calendar. */
  readonly readsCalendar?: true;
  /** User tasks and start events whose actors somebody asks for, by a separation of duties or FEEL's `actors`: a case remembers only these. */
  readonly actorsRead: 'all' | readonly string[];
  /** The package's decision tables as compiled by `engine/dmn`, by decision id. */
  readonly decisions: JsonObject;
  /** What screens show: every named or executable element, black-box pools and lanes included. */
  readonly elements: readonly ElementInfo[];
  /** Messages this package waits for, starts by, or publishes under a fixed name. */
  readonly messageNames: readonly string[];
};

/** An executable process. */
export type ProcessDefinition = {
  readonly processId: string;
  readonly name?: string;
  readonly nameEn?: string;
  /** FEEL giving the patient's id, from `clinical:patientKey`. */
  readonly patientKey?: string;
  /** FEEL giving the business key, from `clinical:businessKey`. */
  readonly businessKey?: string;
  /** How long records of its cases are kept, from `clinical:recordClass`. */
  readonly recordClass?: RecordClass;
  /** `zeebe:versionTag`: what its author calls this version of it. */
  readonly versionTag?: string;
  /** Where a case may begin. */
  readonly starts: readonly StartEventInfo[];
};

/** A start event of a process (not of an event sub-process). */
export type StartEventInfo = {
  readonly processId: string;
  readonly startEventId: string;
  readonly name?: string;
  readonly nameEn?: string;
  readonly kind: 'none' | 'message' | 'timer' | 'signal' | 'condition';
  /** Form shown on the start page. */
  readonly formId?: string;
  /** For `message` and `signal` (the latter as `signal:<name>`): the name a publication is matched by. */
  readonly messageName?: string;
  /** For `timer`: when the host starts a case. */
  readonly timer?: TimerSource;
  /** For `condition`: FEEL that must hold over the variables a start brings. */
  readonly condition?: string;
  /** Nodes at which a case begun here waits as well: the other events of a parallel event-based gateway (BPMN 2.0.2, 10.6.6). */
  readonly together?: readonly string[];
};

/** An element for screens. */
export type ElementInfo = {
  readonly id: string;
  readonly type: string;
  readonly name?: string;
  readonly nameEn?: string;
  readonly processId?: string;
  /** Form of a user task or start event, where it is fixed in the diagram. */
  readonly formId?: string;
  /** `clinical:print` of a user task. */
  readonly print?: string;
};

/** One scope: its machine routes, its nodes say what the machine's states mean. */
export type ScopeDefinition = {
  readonly id: string;
  readonly kind: 'process' | 'sub-process' | 'event-sub-process' | 'body';
  readonly processId: string;
  /** BPMN element the scope belongs to. */
  readonly elementId: string;
  /** Nodes entered when the scope opens by itself. */
  readonly starts: readonly string[];
  readonly machine: MachineConfig;
  readonly nodes: Readonly<Record<string, IrNode>>;
  /** Flow ids in the order of the diagram: which condition is asked first. */
  readonly flowOrder: readonly string[];
  readonly eventScopes: readonly EventScope[];
  /** Variables that live and end with the scope: data objects and properties declared in it. A process's are its own anyway. */
  readonly data?: readonly string[];
  /** Set where nothing begins by itself and activities are entered by command. */
  readonly adHoc?: AdHoc;
};

/** One decision made on the way to an answer. */
export type DecisionStep = {
  readonly decisionId: string;
  readonly ruleIds: readonly string[];
  readonly inputs: JsonObject;
  readonly outputs: Json;
};
