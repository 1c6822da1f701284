import type { CompiledDefinition, ProcessDefinition, ScopeDefinition } from '../../ir/definition.ts';
import type { Finding } from '../../ir/finding.ts';
import type { Soundness, TraceStep } from '../../ir/soundness.ts';
import { type Bound, type Budget, type Exploration, explore } from './explore.ts';
import { deadFindings, endlessFinding, faultFinding, restlessFinding, undecidedFinding } from './findings.ts';
import { faultsIn, tokensAtFault } from './judge.ts';
import { assumed, type Outcomes } from './outcomes.ts';
import { comesFromOutside, type Part, partKey, scopeIn, scopesRunBy, sideWays } from './parts.ts';
import { stageFor } from './stage.ts';
import { straightLoops } from './straight-loops.ts';
import { traceTo, upTo } from './trace.ts';

/** How far the check goes before it says "not decided". */
export type SoundnessBound = {
  /** States of one part. */
  readonly states: number;
  /** Plays of one part. */
  readonly plays: number;
  /** Plays of all parts together. */
  readonly playsInAll: number;
};

/** Enough for what people draw: a scope of a hundred nodes with some branches at once has some thousand states. */
export const defaultBound: SoundnessBound = { states: 10_000, plays: 30_000, playsInAll: 60_000 };

/** A part that is reached, and how. */
type Reached = {
  readonly part: Part;
  readonly exploration: Exploration;
  readonly before: () => readonly TraceStep[];
  readonly leftFromOutside: boolean;
};

type Check = {
  readonly whole: CompiledDefinition;
  readonly budget: Budget;
  readonly explored: Map<string, Exploration>;
  /** Scopes whose outcomes are being found; a call that leads back to one is taken to complete. */
  readonly under: Set<string>;
  /** Ways that are parts of their own, by scope, as far as that is settled. */
  readonly aside: Map<string, Set<string>>;
  recursive: boolean;
};

/**
 * Whether every way through every scope can come to a proper end. Conditions are answered freely; messages, signals, timers and errors come or
 * do not; activities complete. The engine itself plays every scope alone, with the scopes in it replaced by what they can come to, so that the
 * check means by a diagram what the engine does. What was not played to the end is not called sound.
 */
export function checkSoundness(whole: CompiledDefinition, bound: SoundnessBound = defaultBound): Soundness {
  if (isTooLarge(whole)) return undecided(['size'], bound);
  const budget = { plays: bound.plays, states: bound.states, left: bound.playsInAll };
  const check: Check = {
    whole,
    budget,
    explored: new Map(),
    under: new Set(),
    aside: new Map(),
    recursive: false,
  };
  const reached = reachedParts(check);
  const findings = [
    ...reached.flatMap((one) => findingsOf(check, one)),
    ...loopFindings(check, reached),
    ...deadFindings(whole, reachedNodes(reached), decidedScopes(check, reached)),
  ];
  const unsound = findings.some(({ severity }) => severity === 'error');
  const bounds = boundsOf(check, reached);
  if (bounds.size > 0) findings.push(undecidedFinding([...bounds], bound));
  const verdict = unsound ? 'unsound' : bounds.size > 0 ? 'not-decided' : 'sound';
  const explorations = [...check.explored.values()];
  return {
    verdict,
    findings: once(findings),
    states: sum(explorations.map(({ states }) => states.length)),
    plays: sum(explorations.map(({ plays }) => plays)),
  };
}

/** What is said of a definition of which nothing was found out, for reasons such as `size`. */
export function undecided(bounds: readonly string[], bound: SoundnessBound = defaultBound): Soundness {
  return { verdict: 'not-decided', findings: [undecidedFinding(bounds, bound)], states: 0, plays: 0 };
}

/** Larger than anything people draw: whoever sends such a file must not keep the others waiting. */
const MOST_NODES = { inOneScope: 600, inAll: 2_000, flows: 4_000 };

function isTooLarge({ scopes }: CompiledDefinition): boolean {
  const all = Object.values(scopes);
  const sizes = all.map(({ nodes }) => Object.keys(nodes).length);
  const flows = sum(all.map(({ flowOrder }) => flowOrder.length));
  return (
    sizes.some((size) => size > MOST_NODES.inOneScope) || sum(sizes) > MOST_NODES.inAll || flows > MOST_NODES.flows
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

/** A node of a scope that is played from several beginnings is blamed once for the same thing. */
function once(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ rule, elementId }) => {
    const key = `${rule} ${elementId}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function explorationOf(check: Check, part: Part): Exploration {
  const key = partKey(part);
  const known = check.explored.get(key);
  if (known) return known;
  check.under.add(part.scope);
  const stage = stageFor(check.whole, part, {
    outcomesOf: (scope) => outcomesOf(check, scope),
    asideIn: (scope) => asideIn(check, scope),
  });
  const exploration = explore(stage, check.budget);
  check.under.delete(part.scope);
  check.explored.set(key, exploration);
  return exploration;
}

/**
 * Ways of a scope that are played alone. One that would be at fault alone is played with the rest: something else may end it (a branch that
 * listens until the other terminates the scope), and so are then all that end the scope.
 */
function asideIn(check: Check, scope: ScopeDefinition): ReadonlySet<string> {
  const known = check.aside.get(scope.id);
  if (known) return known;
  const aside = new Set<string>();
  check.aside.set(scope.id, aside);
  const ways = sideWays(check.whole, scope);
  for (const { by, start, hasJoin } of ways) {
    const parts = partsOfWay(scope, start, hasJoin);
    const atFault = parts.some((part) => {
      const { states } = explorationOf(check, part);
      return tokensAtFault(states).length > 0;
    });
    if (!atFault) aside.add(by);
  }
  if (aside.size < ways.length) for (const { by, endsScope } of ways) if (endsScope) aside.delete(by);
  return aside;
}

/** A way with a join is also played with two tokens: they could keep each other waiting. */
function partsOfWay(scope: ScopeDefinition, start: string, hasJoin: boolean): readonly Part[] {
  return (hasJoin ? ([1, 2] as const) : ([1] as const)).map((tokens) => ({ scope: scope.id, starts: [start], tokens }));
}

/** What a scope can come to when it is run: its own outcomes and those of the event sub-processes and side ways it may start. */
function outcomesOf(check: Check, id: string): Outcomes {
  const scope = scopeIn(check.whole, id);
  if (!scope || check.under.has(id)) {
    check.recursive ||= check.under.has(id);
    return assumed;
  }
  const own = explorationOf(check, { scope: id });
  const beside = besides(check, scope, own).map(({ part }) => explorationOf(check, part).outcomes);
  return {
    completes: own.outcomes.completes || beside.some(({ completes }) => completes),
    waits: own.outcomes.waits,
    errors: new Set([own.outcomes, ...beside].flatMap(({ errors }) => [...errors])),
    escalations: new Set([own.outcomes, ...beside].flatMap(({ escalations }) => [...escalations])),
    cancels: own.outcomes.cancels,
  };
}

/** Event sub-processes a scope may start, and its side ways, once it is known which nodes are reached. */
function besides(
  check: Check,
  scope: ScopeDefinition,
  { reached, taken, outcomes }: Exploration,
): readonly { readonly part: Part; readonly after: string }[] {
  const handlers = scope.eventScopes.filter(
    ({ trigger, start }) =>
      reached.has(start) || (comesFromOutside(trigger) && (outcomes.waits || trigger.kind === 'condition')),
  );
  const aside = asideIn(check, scope);
  const ways = sideWays(check.whole, scope).filter(
    ({ by, from }) =>
      aside.has(by) &&
      (taken.has(by) || (scope.nodes[by]?.boundary && reached.has(from) && canFireAt(check, scope, by, from))),
  );
  return [
    ...handlers.map(({ scope: inner, start }) => ({ part: { scope: inner, starts: [start] }, after: start })),
    ...ways.flatMap(({ by, from, start, hasJoin }) =>
      partsOfWay(scope, start, hasJoin).map((part) => ({ part, after: taken.has(by) ? by : from })),
    ),
  ];
}

/** A boundary event fires while its activity waits; a condition that holds already fires before it begins. */
function canFireAt(check: Check, scope: ScopeDefinition, event: string, host: string): boolean {
  const node = scope.nodes[host];
  if (!node) return false;
  if (scope.nodes[event]?.boundary?.trigger.kind === 'condition') return true;
  const inner = scopesRunBy(check.whole, node);
  if (inner.length > 0) return inner.some((one) => outcomesOf(check, one).waits);
  return node.body.kind !== 'pass' && node.body.kind !== 'throw';
}

/** Every part some case may come to, each once, with a run that leads to it. */
function reachedParts(check: Check): readonly Reached[] {
  const reached = new Map<string, Reached>();
  const open: Omit<Reached, 'exploration'>[] = Object.values(check.whole.processes).map((process) => ({
    part: rootPart(check.whole, process),
    before: () => [],
    leftFromOutside: false,
  }));
  for (let at = 0; at < open.length; at += 1) {
    const one = open[at];
    if (!one || reached.has(partKey(one.part))) continue;
    const exploration = explorationOf(check, one.part);
    const found = { ...one, exploration };
    reached.set(partKey(one.part), found);
    open.push(...partsIn(check, found));
  }
  return [...reached.values()];
}

/** A process from every way it may begin; where that is its one plain start event, as if it were called. */
function rootPart(whole: CompiledDefinition, { processId, starts }: ProcessDefinition): Part {
  const own = scopeIn(whole, processId)?.starts ?? [];
  const [only, ...others] = starts.map(({ startEventId }) => startEventId);
  const plain = only === undefined || (others.length === 0 && own.length === 1 && own[0] === only);
  return plain ? { scope: processId } : { scope: processId, starts: starts.map(({ startEventId }) => startEventId) };
}

/** The parts a reached one leads to: scopes its nodes run, event sub-processes, side ways. */
function partsIn(
  check: Check,
  { part, exploration, before, leftFromOutside }: Reached,
): readonly Omit<Reached, 'exploration'>[] {
  const scope = scopeIn(check.whole, part.scope);
  if (!scope) return [];
  const left =
    leftFromOutside || scope.eventScopes.some(({ trigger, interrupting }) => interrupting && comesFromOutside(trigger));
  const runTo = (place: string) => (): readonly TraceStep[] => {
    const step = exploration.reached.get(place) ?? exploration.taken.get(place);
    return step ? [...before(), ...upTo(traceTo(exploration.stage, step), place)] : before();
  };
  const inside = [...exploration.reached.keys()].flatMap((id) => {
    const node = nodeOf(check.whole, id, scope);
    if (!node) return [];
    const ended = node.boundaries.some(
      (one) => scope.nodes[one]?.boundary?.interrupting && comesFromOutside(scope.nodes[one].boundary.trigger),
    );
    return scopesRunBy(check.whole, node).map((inner) => ({
      part: { scope: inner },
      before: runTo(id),
      leftFromOutside: left || ended,
    }));
  });
  const beside = besides(check, scope, exploration).map(({ part: one, after }) => ({
    part: one,
    before: runTo(after),
    leftFromOutside: left,
  }));
  return [...inside, ...beside];
}

function nodeOf(whole: CompiledDefinition, id: string, scope: ScopeDefinition) {
  return scope.nodes[id] ?? Object.values(whole.scopes).find(({ nodes }) => Object.hasOwn(nodes, id))?.nodes[id];
}

function findingsOf(check: Check, { part, exploration, before, leftFromOutside }: Reached): readonly Finding[] {
  const scope = scopeIn(check.whole, part.scope);
  const original = (id: string) => (scope ? nodeOf(check.whole, id, scope) : undefined);
  const left =
    leftFromOutside ||
    (scope?.eventScopes.some(({ interrupting, trigger }) => interrupting && comesFromOutside(trigger)) ?? false);
  const faults = faultsIn(exploration, original, left).filter(({ kind }) => kind !== 'twice' || part.tokens !== 2);
  const { restless, stage } = exploration;
  return [
    ...faults.map((fault) => faultFinding(fault, stage, before())),
    ...(restless ? [restlessFinding(restless, stage, before())] : []),
  ];
}

function loopFindings(check: Check, reached: readonly Reached[]): readonly Finding[] {
  return reached.flatMap(({ part, exploration, before }) => {
    const scope = scopeIn(check.whole, part.scope);
    return (scope ? straightLoops(scope).endless : []).flatMap((loop) => {
      const entry = loop.find((node) => exploration.reached.has(node));
      const step = entry === undefined ? undefined : exploration.reached.get(entry);
      if (entry === undefined || !step) return [];
      return [endlessFinding(entry, loop, [...before(), ...upTo(traceTo(exploration.stage, step), entry)])];
    });
  });
}

function reachedNodes(reached: readonly Reached[]): ReadonlyMap<string, () => readonly TraceStep[]> {
  const nodes = new Map<string, () => readonly TraceStep[]>();
  for (const { exploration, before } of reached)
    for (const [node, step] of exploration.reached)
      if (!nodes.has(node)) nodes.set(node, () => [...before(), ...upTo(traceTo(exploration.stage, step), node)]);
  return nodes;
}

/** Scopes of which it is known which nodes are never reached: they, and what leads into them, were played to the end. */
function decidedScopes(_check: Check, reached: readonly Reached[]): boolean {
  return reached.every(({ exploration }) => exploration.bounds.size === 0);
}

function boundsOf(check: Check, reached: readonly Reached[]): ReadonlySet<Bound | 'recursion'> {
  const bounds = new Set<Bound | 'recursion'>(reached.flatMap(({ exploration }) => [...exploration.bounds]));
  if (check.recursive) bounds.add('recursion');
  return bounds;
}
