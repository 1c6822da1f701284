/**
 * One scope's flat XState machine, as plain JSON: its states are the scope's flow nodes, its transitions the sequence flows, and a token is an
 * actor of it. It has no `always`, no guards and no context; one event enters one node. Stock `createMachine` loads it as it is.
 */
export type MachineConfig = {
  readonly id: string;
  readonly initial: 'new';
  readonly options: { readonly maxIterations: number };
  readonly states: Readonly<Record<string, MachineState>>;
};

/** A state of an emitted machine: a flow node, the inert start `new`, or one of the ends `consumed` and `cancelled`. */
export type MachineState = {
  readonly type?: 'final';
  readonly entry?: readonly MachineAction[];
  readonly exit?: readonly MachineAction[];
  /** `enter.<node>` in `new` only; `take.<flow>`, `consume` and `cancel` in every live state. */
  readonly on?: Readonly<Record<string, MachineTransition>>;
};

/** Where an event leads. `reenter` makes a flow back to its own node close and open it again. */
export type MachineTransition = {
  readonly target: string;
  readonly reenter?: true;
  readonly actions?: readonly MachineAction[];
};

/** An action without implementation: XState hands it out, the engine turns it into the commit. */
export type MachineAction =
  | { readonly type: 'activate'; readonly params: { readonly node: string } }
  | { readonly type: 'deactivate'; readonly params: { readonly node: string } }
  | { readonly type: 'arrive'; readonly params: { readonly flow: string } };
