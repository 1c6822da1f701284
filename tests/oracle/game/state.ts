import type { Value } from '../feel.ts';
import type { Container, Flow, Node } from '../model.ts';

/** Variables declared at one place. */
export type Variables = Map<string, Value>;

/** One run of a process, sub-process, event sub-process, or of one instance of a repeated activity. */
export class Scope {
  readonly container: Container;
  /** Token whose activity this is; the root and event sub-processes have none. */
  readonly host: Token | undefined;
  /** Scope around it, whether or not there is a host. */
  readonly parent: Scope | undefined;
  readonly variables: Variables = new Map();
  /** A called process: names are not looked up beyond it. */
  readonly isolated: boolean;
  /** An interrupting event sub-process has taken over. */
  interrupted = false;
  outcome: 'completed' | 'terminated' | 'cancelled' = 'completed';
  /** Node of the event sub-process this is. */
  readonly handler: Node | undefined;
  /** What was completed and can be undone, oldest first. */
  done: Undoable[] = [];
  /** Complex gateways that fired, with the flows they fired on. */
  readonly resetting = new Map<string, Set<string>>();
  /** Thrower of the compensation this was opened for: it stays until everything in it is undone. */
  readonly compensates: Token | undefined;
  open = true;
  /** Place in the order scopes were opened in, for each scope from the outermost to this. */
  readonly age: readonly number[];

  constructor(
    container: Container,
    opened: number,
    parts: Partial<Pick<Scope, 'host' | 'parent' | 'isolated' | 'handler' | 'compensates'>>,
  ) {
    this.container = container;
    this.host = parts.host;
    this.parent = parts.parent;
    this.isolated = parts.isolated ?? false;
    this.handler = parts.handler;
    this.compensates = parts.compensates;
    this.age = [...(parts.parent?.age ?? []), opened];
  }

  /** Where it is: `p/Sub/Task#body`. */
  get path(): string {
    return this.parent ? `${this.parent.path}/${this.container.id}` : this.container.id;
  }
}

/** A completed activity that can be undone once. */
export type Undoable = {
  readonly node: Node;
  readonly handler?: Node;
  /** A completed sub-process: its content, what it ended with, and what it can undo. */
  readonly inside?: {
    readonly container: Container;
    readonly variables: Variables;
    readonly done: readonly Undoable[];
    readonly isolated: boolean;
  };
  readonly locals: Variables;
};

/** Something still to be undone in a scope. */
export type Undoing = { readonly scope: Scope; readonly what: Undoable };

/** Progress of a repeated activity. */
export type Progress = {
  readonly items: readonly Value[] | undefined;
  readonly total: number;
  started: number;
  completed: number;
  readonly outputs: Value[];
};

/** A token at a node. */
export class Token {
  readonly scope: Scope;
  node: Node;
  flow: Flow | undefined;
  /** `finishing`: what it waited for has come. */
  phase: 'moving' | 'joining' | 'active' | 'finishing' = 'moving';
  alive = true;
  locals: Variables = new Map();
  progress: Progress | undefined;
  /** Thrower this handler works for. */
  compensates: Token | undefined;
  /** What the event that brought it here brought along. */
  payload: Variables | undefined;
  /** What a thrower has still to undo. */
  pending: Undoing[] = [];
  /** A cancel end event that waits until its transaction is undone. */
  cancels = false;
  /** The scope that was the body of its activity, when it is complete. */
  inside: Scope | undefined;

  constructor(scope: Scope, node: Node) {
    this.scope = scope;
    this.node = node;
  }
}

/** Something the case waits for. `node` is what it triggers; without a token it opens an event sub-process of `scope`. */
export type Wait = {
  readonly kind: 'task' | 'job' | 'message' | 'signal' | 'timer' | 'condition';
  readonly node: Node;
  readonly scope: Scope;
  readonly token: Token | undefined;
  readonly name?: string;
  /** What a message must be about. */
  readonly key?: string;
  /** Milliseconds since the start. */
  due?: number;
  readonly every?: number;
  remaining?: number;
  readonly feel?: string;
  last?: boolean;
};

/** A case that is stuck at a node. */
export type Incident = { readonly token: Token | undefined; readonly node: Node; readonly why: string };
