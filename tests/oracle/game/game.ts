import type { Value } from '../feel.ts';
import { byEvaluation, type Judge } from '../judge.ts';
import type { Container, Flow, Model, Node } from '../model.ts';
import { begin, complete, enter } from './activities.ts';
import { recordHandler, undoNext } from './compensation.ts';
import { fireOneJoin } from './joins.ts';
import { leave } from './leave.ts';
import { advanceRepeat, beginRepeat } from './repeat.ts';
import { cancelScope, closeScope, completeOneScope, forget, openScope } from './scopes.ts';
import { type Incident, type Scope, Token, type Variables, type Wait } from './state.ts';
import { escalate, raiseError, signal } from './throws.ts';
import { fire, interrupt, openHandler, passBoundary } from './triggers.ts';
import { askConditions, bring, write } from './variables.ts';
import { armTrigger } from './waits.ts';

/** A case that goes on for ever without waiting for anything. */
export class Restless extends Error {}

/** A conditional start event whose condition does not hold over what the start brings begins nothing. */
export class Refused extends Error {}

type Step = { readonly token: Token; readonly act: () => void };

/** Where the game ended. */
export type Outcome = 'completed' | 'terminated' | 'error' | 'cancelled';

/**
 * One case played by the token game of BPMN. Rules stand in the files beside this one, each with the clause it follows; they call each other
 * through the verbs below. Where the standard leaves the order open the game is first in, first out, as the engine promises in its README.
 */
export class Game {
  readonly model: Model;
  readonly judge: Judge;
  readonly trace: string[] = [];
  readonly waits: Wait[] = [];
  readonly incidents: Incident[] = [];
  readonly scopes: Scope[] = [];
  tokens: Token[] = [];
  /** Steps of tokens still to do, first in first out; those of a token that is gone are dropped. */
  readonly queue: Step[] = [];
  /** Names written since the conditions were last asked. */
  readonly written = new Set<string>();
  now = 0;
  /** Variables of the process the case was started with; they stay when it has ended. */
  variables: Variables = new Map();
  outcome: Outcome | undefined;
  /** Token steps made since the last word from outside. */
  steps = 0;
  /** Scopes opened so far. */
  opened = 0;

  constructor(model: Model, judge: Judge = byEvaluation) {
    this.model = model;
    this.judge = judge;
  }

  /** Starts a process at its none start event, or at the given one, and plays until nothing moves by itself. */
  start(processId: string, variables: Readonly<Record<string, Value>>, startEvent?: string): void {
    const process = this.model.processes.get(processId);
    if (!process) throw new Error(`Expected a process ${processId}`);
    const given = new Map(Object.entries(variables));
    for (const trigger of process.nodes.get(startEvent ?? '')?.triggers ?? [])
      if (trigger.kind === 'conditional') this.askStart(trigger.feel, given);
    openScope(this, process, {
      variables: given,
      ...(startEvent ? { startAt: startEvent } : {}),
    });
    this.settle();
  }

  private askStart(feel: string, given: Variables): void {
    const holds = this.judge.exits !== undefined || this.judge.holds(feel, (name) => given.get(name) ?? null) === true;
    if (!holds) throw new Refused(`Expected ${feel} to hold`);
  }

  /** Plays until nothing moves by itself. */
  settle(): void {
    this.steps = 0;
    for (;;) {
      askConditions(this);
      const step = this.queue.shift();
      if (step) this.do(step);
      else if (!fireOneJoin(this) && !completeOneScope(this)) return;
    }
  }

  private do({ token, act }: Step): void {
    this.steps += 1;
    if (this.steps > 5000) throw new Restless('Expected a case that comes to rest');
    if (token.alive) act();
  }

  /** A step of a token, after all that are waiting. */
  later(token: Token, act: () => void): void {
    this.queue.push({ token, act });
  }

  // The verbs rules call each other by.
  begin = (token: Token): void => begin(this, token);
  beginRepeat = (token: Token): void => beginRepeat(this, token);
  advanceRepeat = (token: Token, finished: Scope): void => advanceRepeat(this, token, finished);
  complete = (token: Token): void => complete(this, token);
  /** What an activity brought is written, then it is complete: a step of its own after what it waited for has come. */
  finish = (token: Token, values?: Variables): void => {
    token.phase = 'finishing';
    this.later(token, () => {
      if (values) bring(this, token, values);
      complete(this, token);
    });
  };
  undoNext = (thrower: Token): void => this.later(thrower, () => undoNext(this, thrower));
  recordHandler = (finished: Scope): void => recordHandler(finished);
  forget = (scope: Scope): void => forget(this, scope);
  leave = (token: Token): void => leave(this, token);
  closeScope = (scope: Scope): void => closeScope(this, scope);
  openScope = (container: Container, options: Parameters<typeof openScope>[2]): Scope =>
    openScope(this, container, options);
  arm = (wait: Omit<Wait, 'kind'>): boolean => armTrigger(this, wait);
  fire = (wait: Wait, payload?: Variables): void => fire(this, wait, payload);
  bring = (token: Token, values: Variables): void => bring(this, token, values);
  write = (scope: Scope, variables: Variables): void => write(this, scope, variables);
  interrupt = (token: Token): void => interrupt(this, token);
  passBoundary = (token: Token, boundary: Node): void => passBoundary(this, token, boundary);
  openHandler = (scope: Scope, handler: Node): void => openHandler(this, scope, handler);
  raiseError = (token: Token, code: string | undefined, fromOutside: boolean): void =>
    raiseError(this, token, code, fromOutside);
  escalate = (token: Token, code: string | undefined, from: 'outward' | 'own boundary first'): void =>
    escalate(this, token, code, from);
  signal = (name: string): void => signal(this, name);

  /** The next number of a scope. */
  nextScope(): number {
    this.opened += 1;
    return this.opened;
  }

  /** A new token at a node nobody led to by a flow. */
  place(scope: Scope, node: Node, payload?: Variables): Token {
    const token = new Token(scope, node);
    token.payload = payload;
    this.tokens.push(token);
    this.trace.push(`> ${node.id}`);
    this.later(token, () => enter(this, token));
    return token;
  }

  /** A token comes by a flow. */
  arrive(token: Token, flow: Flow): void {
    const node = token.scope.container.nodes.get(flow.target);
    if (!node) throw new Error(`Expected ${flow.target} in ${token.scope.container.id}`);
    token.node = node;
    token.flow = flow;
    token.phase = 'moving';
    token.locals = new Map();
    token.inside = undefined;
    this.trace.push(`- ${flow.id}`);
    this.later(token, () => enter(this, token));
  }

  /** A token is no more. */
  end(token: Token): void {
    token.alive = false;
    this.tokens = this.tokens.filter((one) => one !== token);
    this.dropWaits((wait) => wait.token === token);
    for (const scope of this.scopes.filter(({ compensates }) => compensates === token)) cancelScope(this, scope);
    for (const handler of this.tokens.filter(({ compensates }) => compensates === token)) this.interrupt(handler);
    for (const incident of this.incidents.filter((one) => one.token === token))
      this.incidents.splice(this.incidents.indexOf(incident), 1);
  }

  dropWaits(which: (wait: Wait) => boolean): void {
    for (const wait of this.waits.filter(which)) this.waits.splice(this.waits.indexOf(wait), 1);
  }

  stuck(token: Token, why: string): void {
    this.incidents.push({ token, node: token.node, why });
  }

  tokensIn(scope: Scope): readonly Token[] {
    return this.tokens.filter((token) => token.scope === scope);
  }

  childrenOf(scope: Scope): readonly Scope[] {
    return this.scopes.filter(({ parent }) => parent === scope);
  }
}
