import type { Json } from '../core/json.ts';

/**
 * The closed kernel every BPMN element is lowered to. Emitter, soundness check, decide, fold and replay know these and nothing of BPMN's
 * element types, so a new element is one folder in `engine/elements` and one registry line. All of it is plain, readonly JSON.
 */

/** A value fixed in the diagram, or a FEEL expression (without the leading `=`) evaluated when it is needed. */
export type ValueSource = { readonly literal: Json } | { readonly feel: string };

/** An input or output mapping: `target` is a variable or a dotted path into one. `required`: without a value the node cannot begin. */
export type Mapping = { readonly source: ValueSource; readonly target: string; readonly required?: true };

/** When a timer is due. The value is ISO 8601 text (or FEEL giving it); a cycle is `R<n>/<duration>` or `R/<start>/<duration>`. */
export type TimerSource = { readonly kind: 'duration' | 'date' | 'cycle'; readonly value: ValueSource };

/** What a catching place waits for. Errors, escalations, compensation and cancel are never waited for by rows: they are found when thrown. */
export type Trigger =
  | { readonly kind: 'message'; readonly name: ValueSource; readonly correlationKey?: ValueSource }
  | { readonly kind: 'signal'; readonly name: ValueSource }
  | { readonly kind: 'timer'; readonly timer: TimerSource }
  | { readonly kind: 'condition'; readonly feel: string }
  | { readonly kind: 'error'; readonly code?: string }
  | { readonly kind: 'escalation'; readonly code?: string }
  | { readonly kind: 'compensation' }
  | { readonly kind: 'cancel' }
  /** Multiple event: whichever comes first. */
  | { readonly kind: 'any'; readonly triggers: readonly Trigger[] }
  /** Parallel multiple event: all of them, in any order. */
  | { readonly kind: 'all'; readonly triggers: readonly Trigger[] };

/** Who may do something; evaluated when it is to be done. */
export type PeopleTemplate = {
  readonly candidateGroups?: ValueSource;
  /** Persons beside the roles: a comma list of ids, or FEEL. */
  readonly candidateUsers?: ValueSource;
  readonly eligibility: {
    readonly department?: ValueSource;
    readonly credentials: readonly string[];
    readonly onDuty: boolean;
    readonly notActorOf: readonly string[];
    readonly notPersons?: ValueSource;
    readonly override: 'never' | 'documented';
  };
};

/** What one user task opening asks for; evaluated when it opens. */
export type TaskTemplate = PeopleTemplate & {
  readonly formId?: ValueSource;
  readonly assignee?: ValueSource;
  readonly dueAt?: ValueSource;
  readonly followUpAt?: ValueSource;
  readonly priority?: ValueSource;
  /** `clinical:print`: the print page the task page offers. */
  readonly print?: string;
};

/** Work for a connector. */
export type JobTemplate = {
  readonly jobType: ValueSource;
  readonly retries: ValueSource;
  readonly headers: Readonly<Record<string, string>>;
};

/** What a pass node does on its way, at once and inside the case. */
export type Act =
  | { readonly kind: 'write'; readonly variable?: string; readonly feel: string }
  | { readonly kind: 'decide'; readonly decisionId: ValueSource; readonly variable?: string }
  | { readonly kind: 'publish'; readonly messageName: ValueSource; readonly correlationKey?: ValueSource };

/** What happens when a token has entered a node. */
export type Body =
  | { readonly kind: 'pass'; readonly acts: readonly Act[] }
  | { readonly kind: 'task'; readonly task: TaskTemplate }
  | { readonly kind: 'job'; readonly job: JobTemplate }
  /** Waits for one trigger. */
  | { readonly kind: 'catch'; readonly trigger: Trigger }
  /** Waits for whichever of the nodes its flows lead to is triggered first (event-based gateway). */
  | { readonly kind: 'race' }
  | { readonly kind: 'throw'; readonly throws: Throw }
  /** Runs a child scope; the node is its host. */
  | { readonly kind: 'scope'; readonly scope: string }
  | {
      readonly kind: 'call';
      readonly processId: ValueSource;
      /** Version tag the called process must have. */
      readonly versionTag?: string;
      readonly propagateParentVariables: boolean;
      readonly propagateChildVariables: boolean;
    };

/** What a node throws. */
export type Throw =
  | { readonly kind: 'error'; readonly code?: ValueSource }
  | { readonly kind: 'escalation'; readonly code?: ValueSource }
  | { readonly kind: 'signal'; readonly name: ValueSource }
  /** Of the named activities, or of everything in the scope. */
  | { readonly kind: 'compensation'; readonly activities?: readonly string[] }
  | { readonly kind: 'terminate' }
  /** Of the scope it is thrown in, or of the one named, which lies around it. */
  | { readonly kind: 'cancel'; readonly transaction?: string }
  | { readonly kind: 'link'; readonly target: string }
  /** Multiple event: one after the other; before the last at most one that holds its token (compensation), and none that ends it. */
  | { readonly kind: 'several'; readonly acts: readonly Act[]; readonly throws: readonly Throw[] };

/** Which of its flows a token leaves by. `conditional`: an activity's flows, those without a condition always. */
export type Split = 'exclusive' | 'inclusive' | 'parallel' | 'conditional';

/**
 * How tokens that arrive are brought together before the body runs. `complex` fires when its condition over `activationCount` holds and then
 * swallows what still comes until nothing can; without a condition it is inclusive. `quantity`: that many tokens, whichever way they came.
 */
export type Join =
  | { readonly kind: 'parallel' }
  | { readonly kind: 'inclusive' }
  | { readonly kind: 'complex'; readonly feel: string }
  | { readonly kind: 'quantity'; readonly count: number };

/** Several runs of one body: multi-instance (over a collection or a number) or the standard loop. */
export type Repeat = {
  readonly kind: 'parallel' | 'sequential' | 'loop';
  /** The scope each run is an instance of: one node, the activity itself. */
  readonly scope: string;
  readonly collection?: ValueSource;
  readonly element?: string;
  readonly cardinality?: ValueSource;
  readonly outputCollection?: string;
  readonly outputElement?: string;
  readonly completionCondition?: string;
  /** What completing runs throws, to be caught on the activity's own boundary (BPMN 2.0.2, 10.3.8 `behavior`). */
  readonly events?: readonly RepeatEvent[];
  /** Standard loop. */
  readonly loopCondition?: string;
  readonly testBefore?: boolean;
  readonly maximum?: number;
};

/** An event a repeated activity throws: when its first run completes, when any does, or when one does and a condition holds. */
export type RepeatEvent = {
  readonly when: 'first' | 'each' | { readonly feel: string };
  readonly acts: readonly Act[];
  readonly throws: readonly Throw[];
};

/** A node: what the machine's state of the same id means. Where its flows lead stands in the machine alone. */
export type IrNode = {
  readonly id: string;
  /** BPMN type for screens, e.g. `bpmn:UserTask`. The engine never branches on it. */
  readonly type: string;
  readonly name?: string;
  readonly nameEn?: string;
  readonly body: Body;
  readonly split: Split;
  readonly join?: Join;
  /** FEEL conditions by flow. */
  readonly conditions: Readonly<Record<string, string>>;
  readonly defaultFlow?: string;
  /** How many tokens leave by each flow taken, where it is more than one. */
  readonly completionQuantity?: number;
  readonly inputs: readonly Mapping[];
  readonly outputs: readonly Mapping[];
  /** Copies of what the body brought, beside what is written anyway; what it did not bring is not copied (data output associations). */
  readonly results?: readonly Mapping[];
  readonly repeat?: Repeat;
  /** Boundary events attached to this node. */
  readonly boundaries: readonly string[];
  /** Set on a boundary event. */
  readonly boundary?: { readonly attachedTo: string; readonly interrupting: boolean; readonly trigger: Trigger };
  /** Node that undoes this activity: its completion is recorded for compensation. */
  readonly compensatedBy?: string;
  /** A compensation handler: entered by compensation alone. */
  readonly isCompensation?: boolean;
};

/**
 * A scope without beginning: activities are entered by command, again and again, until its condition holds after one of them or a command
 * completes it (BPMN 2.0.2, 13.3.5). Soundness: every activity may be entered any number of times, one at a time where it is sequential.
 */
export type AdHoc = {
  readonly ordering: 'parallel' | 'sequential';
  /** What may be entered: the activities no flow leads to. */
  readonly activities: readonly string[];
  /** All activities in it: after each of them, not after a gateway or an event, the condition is asked. */
  readonly askedAfter: readonly string[];
  /** Who may enter its activities and complete it, where the diagram says so; else whoever may do them. */
  readonly people?: PeopleTemplate;
  readonly completionCondition?: string;
  /** Whether completing stops what is under way; else nothing new begins and what is under way ends by itself. */
  readonly cancelsRemaining: boolean;
};

/** What an ad-hoc sub-process says of itself; what lies in it is found when it is lowered. */
export type WrittenAdHoc = Omit<AdHoc, 'activities' | 'askedAfter'>;

/** An event sub-process of a scope: a child scope without host, opened by its start event's trigger. */
export type EventScope = {
  readonly scope: string;
  readonly start: string;
  readonly trigger: Trigger;
  readonly interrupting: boolean;
};
