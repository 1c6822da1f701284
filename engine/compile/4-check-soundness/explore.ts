import { type Decision, decide } from '../../core/decide.ts';
import type { CaseEvent } from '../../core/event.ts';
import type { CaseState } from '../../core/state.ts';
import { everyWay, playWith, type Way } from './every-way.ts';
import { releasedBetween } from './held-up.ts';
import { caseId, type Move, movesIn } from './moves.ts';
import { noCode, type Outcomes } from './outcomes.ts';
import type { Stage } from './stage.ts';
import { nameOfState } from './state-key.ts';

/** A state that was found, with the shortest way there. */
export type Found = {
  readonly state: CaseState;
  readonly via: Step;
  readonly edges: Edge[];
  /** An error or the end leads out of it, whatever else does. */
  leaves: boolean;
  /** Not everything that can happen in it was played. */
  unplayed: boolean;
};

/** A play: a move made in a state (none: the part begins, at `start` where it can at several), with the answers given on the way. */
export type Step = {
  readonly from?: Found;
  readonly move?: Move;
  readonly start?: string;
  readonly answers: readonly boolean[];
};

/** A play that led from one state to another. */
export type Edge = {
  readonly to: Found;
  readonly step: Step;
  readonly entered: readonly string[];
  /** Places where it let a token go that was held up, in the course of the flow. */
  readonly released: readonly string[];
  /** Tokens it ended. */
  readonly gone: readonly number[];
};

/** Why not every way could be played. */
export type Bound = 'states' | 'plays' | 'ways' | 'tokens' | 'incident';

/** All that playing a part showed. */
export type Exploration = {
  readonly stage: Stage;
  readonly states: readonly Found[];
  /** First play that entered each node. */
  readonly reached: ReadonlyMap<string, Step>;
  /** First play that took each flow. */
  readonly taken: ReadonlyMap<string, Step>;
  /** Plays in which a node was entered twice at once. */
  readonly doubled: ReadonlyMap<string, Step>;
  readonly outcomes: Outcomes;
  readonly bounds: ReadonlySet<Bound>;
  /** A play that never came to rest. */
  readonly restless?: Step;
  readonly plays: number;
};

/** How much may be played: of one part, and of all that is left. */
export type Budget = { readonly states: number; readonly plays: number; left: number };

type Exploring = {
  readonly stage: Stage;
  readonly budget: Budget;
  readonly byName: Map<string, Found>;
  readonly open: Found[];
  readonly reached: Map<string, Step>;
  readonly taken: Map<string, Step>;
  readonly doubled: Map<string, Step>;
  readonly bounds: Set<Bound>;
  readonly errors: Set<string>;
  readonly escalations: Set<string>;
  completes: boolean;
  cancels: boolean;
  restless?: Step;
  plays: number;
};

/** More tokens than that in one place are taken for a number that grows without end. */
const MOST_ALIKE = 2;

/** States looked at where tokens pile up. */
const ENOUGH_OF_A_PILE = 500;

/** Plays a part in every way, breadth first, so that the way to each state is a shortest one. */
export function explore(stage: Stage, budget: Budget): Exploration {
  const exploring: Exploring = {
    stage,
    budget,
    byName: new Map(),
    open: [],
    reached: new Map(),
    taken: new Map(),
    doubled: new Map(),
    bounds: new Set(),
    errors: new Set(),
    escalations: new Set(),
    completes: false,
    cancels: false,
    plays: 0,
  };
  const { starts, tokens } = stage.part;
  for (const start of tokens === undefined && starts ? starts : [undefined])
    playAll(exploring, start === undefined ? {} : { start });
  for (let at = 0; at < exploring.open.length; at += 1) {
    const found = exploring.open[at];
    if (!found || found.state.status === 'ended') continue;
    const bound = boundReached(exploring);
    if (bound) {
      exploring.bounds.add(bound);
      break;
    }
    found.unplayed = false;
    for (const move of movesIn(stage, found.state)) playAll(exploring, { from: found, move });
  }
  const { open, completes, cancels, errors, escalations } = exploring;
  const waits = open.some(({ state }) => state.status !== 'ended');
  return { ...exploring, states: open, outcomes: { completes, cancels, errors, escalations, waits } };
}

/** Where tokens pile up it cannot be sound any more, and is not looked at for long. */
function boundReached({ open, plays, budget, bounds }: Exploring): Bound | undefined {
  if (open.length > (bounds.has('tokens') ? Math.min(budget.states, ENOUGH_OF_A_PILE) : budget.states)) return 'states';
  return plays > budget.plays || budget.left <= 0 ? 'plays' : undefined;
}

/** Makes one move in every way its conditions can be answered. */
function playAll(exploring: Exploring, step: Omit<Step, 'answers'>): void {
  const { ways, all } = everyWay((answers) => play(exploring.stage, step, answers), fixedBy(step));
  exploring.budget.left -= ways.length;
  exploring.plays += ways.length;
  if (!all) giveUp(exploring, step, 'ways');
  for (const way of ways) take(exploring, { ...step, answers: way.answers }, way);
}

function giveUp({ bounds }: Exploring, { from }: Omit<Step, 'answers'>, bound: Bound): void {
  bounds.add(bound);
  if (from) from.unplayed = true;
}

/** Plays a step again, for its events. */
export function replay(stage: Stage, step: Step): Decision {
  return playWith((answers) => play(stage, step, answers), fixedBy(step), step.answers).result;
}

function play(
  stage: Stage,
  { from, move, start }: Omit<Step, 'answers'>,
  answers: Parameters<typeof decide>[3],
): Decision {
  const base = { id: caseId, caseId, at: '2000-01-01T00:00:00.000Z', by: { kind: 'system', id: 'soundness' } } as const;
  if (from && move) return decide(stage.definition, from.state, { ...base, ...move.command }, answers);
  const startEventId = start === undefined ? {} : { startEventId: start };
  const begin = { ...base, type: 'StartCase', processId: stage.root, variables: {}, ...startEventId } as const;
  return decide(stage.definition, null, begin, answers);
}

function fixedBy({ move }: Omit<Step, 'answers'>): (feel: string) => boolean | undefined {
  return (feel) => (move?.condition?.feel === feel ? move.condition.becomes : undefined);
}

function take(exploring: Exploring, step: Step, { result }: Way<Decision>): void {
  if (!result.ok) {
    if (result.rejection.code === 'limit-exceeded') exploring.restless ??= step;
    else giveUp(exploring, step, 'incident');
    return;
  }
  const { events, state } = result;
  const incidents = events.flatMap((event) => (event.type === 'IncidentRaised' ? [event.incident.code] : []));
  if (incidents.includes('no-flow-possible')) return;
  noteThrows(exploring, events);
  const entered = noteEntered(exploring, step, events);
  if (incidents.some((code) => code !== 'uncaught-error')) giveUp(exploring, step, 'incident');
  if (incidents.length > 0) {
    if (step.from) step.from.leaves = true;
    if (exploring.stage.endless.has(step.move?.owner.node ?? ''))
      arrive(exploring, step, { ...state, status: 'ended' }, entered);
    return;
  }
  if (state.status === 'ended') noteEnd(exploring, step, events, state);
  else if (mostAlike(eventScopesIn(state)) > MOST_ALIKE || isEnteredTooOften(step, state)) return;
  else if (mostAlike(tokensIn(state)) > MOST_ALIKE) {
    giveUp(exploring, step, 'tokens');
    return;
  }
  arrive(exploring, step, state, entered);
}

function arrive(exploring: Exploring, step: Step, state: CaseState, entered: readonly string[]): void {
  const name = nameOfState(state);
  const known = exploring.byName.get(name);
  const to = known ?? { state, via: step, edges: [], leaves: false, unplayed: true };
  if (!known) {
    exploring.byName.set(name, to);
    exploring.open.push(to);
  }
  const { from, move } = step;
  if (!from) return;
  const released = move?.owner.token === undefined ? [] : releasedBetween(from.state, state);
  const gone = Object.keys(from.state.tokens)
    .map(Number)
    .filter((n) => !state.tokens[n]);
  from.edges.push({ to, step, entered, released, gone });
}

function noteThrows(exploring: Exploring, events: readonly CaseEvent[]): void {
  for (const event of events) {
    if (event.type === 'ErrorThrown' && event.caughtBy === undefined) exploring.errors.add(event.code ?? noCode);
    if (event.type === 'EscalationThrown' && event.caughtBy === undefined)
      exploring.escalations.add(event.code ?? noCode);
  }
}

/** Nodes entered in a play, and those entered by two tokens at once. */
function noteEntered(exploring: Exploring, step: Step, events: readonly CaseEvent[]): readonly string[] {
  const entered: string[] = [];
  const by = new Map<string, number>();
  for (const event of events) {
    const node =
      event.type === 'TokenMoved'
        ? event.node
        : event.type === 'TokenPlaced' && event.token.phase === 'arrived'
          ? event.token.node
          : undefined;
    if (node === undefined || !('n' in event)) continue;
    if (event.type === 'TokenMoved' && !exploring.taken.has(event.flow)) exploring.taken.set(event.flow, step);
    const before = by.get(node);
    if (before !== undefined && before !== event.n && !exploring.doubled.has(node)) exploring.doubled.set(node, step);
    by.set(node, event.n);
    entered.push(node);
    if (!exploring.reached.has(node)) exploring.reached.set(node, step);
  }
  return entered;
}

function noteEnd(exploring: Exploring, step: Step, events: readonly CaseEvent[], state: CaseState): void {
  if (step.from) step.from.leaves = true;
  if (state.outcome === 'error') return;
  const root = Object.values(step.from?.state.scopes ?? {}).find(({ parent }) => parent === undefined);
  const cancelled =
    root?.outcome === 'cancelled' ||
    events.some((event) => event.type === 'ScopePhased' && event.outcome === 'cancelled' && event.n === 1);
  if (cancelled) exploring.cancels = true;
  else exploring.completes = true;
}

function tokensIn({ tokens }: CaseState): readonly string[] {
  return Object.values(tokens).map(
    ({ scope, node, phase, flow }) => `${scope} ${node} ${phase === 'joining' ? flow : ''}`,
  );
}

/** Event sub-processes under way beside their scope: more of them change nothing for it. */
function eventScopesIn({ scopes }: CaseState): readonly string[] {
  return Object.values(scopes).flatMap(({ parent, startedBy }) =>
    startedBy === undefined ? [] : [`${parent} ${startedBy}`],
  );
}

/** Entering an ad-hoc activity once more shows nothing new. */
function isEnteredTooOften({ move }: Step, state: CaseState): boolean {
  return move?.command.type === 'EnterActivity' && mostAlike(tokensIn(state)) > MOST_ALIKE;
}

function mostAlike(places: readonly string[]): number {
  const count = new Map<string, number>();
  for (const place of places) count.set(place, (count.get(place) ?? 0) + 1);
  return Math.max(0, ...count.values());
}
