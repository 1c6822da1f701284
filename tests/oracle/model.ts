/** What the oracle knows of a diagram: BPMN's own words, nothing compiled. */
export type Model = {
  readonly processes: ReadonlyMap<string, Container>;
};

/** A process or sub-process with the nodes directly inside it. */
export type Container = {
  readonly id: string;
  readonly kind: 'process' | 'subProcess' | 'transaction' | 'adHocSubProcess' | 'eventSubProcess';
  readonly nodes: ReadonlyMap<string, Node>;
  /** Event sub-processes, by order of id. */
  readonly handlers: readonly Node[];
  /** Ad-hoc: one after the other. */
  readonly sequential: boolean;
  readonly completionCondition?: string;
  readonly cancelRemaining: boolean;
  /** Variables that live and end with it: the data objects it declares (10.4.1). */
  readonly data: readonly string[];
};

export type Flow = {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly condition?: string;
};

/** One event definition. */
export type Trigger =
  | { readonly kind: 'message'; readonly name: string; readonly key?: string }
  | { readonly kind: 'signal'; readonly name: string }
  | { readonly kind: 'timer'; readonly form: 'duration' | 'date' | 'cycle'; readonly text: string }
  | { readonly kind: 'conditional'; readonly feel: string }
  | { readonly kind: 'error' | 'escalation'; readonly code?: string }
  | { readonly kind: 'compensate'; readonly activity?: string }
  | { readonly kind: 'link'; readonly name: string }
  | { readonly kind: 'cancel' | 'terminate' };

export type Repeat = {
  readonly kind: 'parallel' | 'sequential' | 'loop';
  readonly cardinality?: string;
  readonly collection?: string;
  readonly element?: string;
  readonly outputCollection?: string;
  readonly outputElement?: string;
  readonly completionCondition?: string;
  readonly loopCondition?: string;
  readonly testBefore: boolean;
  readonly maximum?: number;
  /** What completing runs throw. */
  readonly events: readonly RepeatEvent[];
};

/** An event a repeated activity throws: as its first run completes, as each does, or as one does while a condition holds. */
export type RepeatEvent = {
  readonly when: 'first' | 'each' | { readonly feel: string };
  readonly triggers: readonly Trigger[];
};

export type Mapping = { readonly source: string; readonly target: string };

/** A flow node. `type` is BPMN's local name, e.g. `userTask`. */
export type Node = {
  readonly id: string;
  readonly type: string;
  readonly incoming: readonly Flow[];
  readonly outgoing: readonly Flow[];
  readonly defaultFlow?: string;
  readonly triggers: readonly Trigger[];
  /** All of several triggers, not any. */
  readonly parallelMultiple: boolean;
  readonly attachedTo?: string;
  readonly interrupting: boolean;
  readonly boundaries: readonly Node[];
  readonly inner?: Container;
  readonly repeat?: Repeat;
  readonly isHandler: boolean;
  /** Activity that undoes this one. */
  readonly undoneBy?: string;
  readonly hasJob: boolean;
  readonly script?: { readonly feel: string; readonly variable?: string };
  /** Receive task: the message it waits for. */
  readonly message?: Extract<Trigger, { kind: 'message' }>;
  readonly calls?: string;
  /** Call activity: whether all it sees is passed in, and all the called process has is brought back. */
  readonly passesAll: boolean;
  readonly bringsAll: boolean;
  /** Receive task or event-based gateway that begins cases. */
  readonly instantiate: boolean;
  /** Event-based gateway at the beginning of a process: the others are waited for as well. */
  readonly startsTogether: boolean;
  readonly activation?: string;
  readonly startQuantity: number;
  readonly completionQuantity: number;
  readonly inputs: readonly Mapping[];
  readonly outputs: readonly Mapping[];
  /** Data output associations: copies of what it brought. */
  readonly copies: readonly Mapping[];
};

/** A node of a container that is known to be there. */
export function nodeOf(container: Container, id: string): Node {
  const node = container.nodes.get(id);
  if (!node) throw new Error(`Expected a node ${id} in ${container.id}, but there is none`);
  return node;
}
