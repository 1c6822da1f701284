import type { IrNode } from '../../ir/kernel.ts';
import { flowsOut } from '../../ir/routing.ts';
import type { Exploration, Found, Step } from './explore.ts';
import { heldUp, nodeOfPlace } from './held-up.ts';

/** What is wrong with a part, and the state or play that shows it. */
export type Fault =
  | { readonly kind: 'deadlock' | 'leftover'; readonly node: string; readonly at: Found }
  | { readonly kind: 'never-ends'; readonly node: string; readonly at: Found }
  | { readonly kind: 'twice'; readonly node: string; readonly shown: Step };

/** Looks for tokens that can never go on, runs that can never end, and work that is done twice. `leftFromOutside`: something around may end it. */
export function faultsIn(
  exploration: Exploration,
  original: (node: string) => IrNode | undefined,
  leftFromOutside: boolean,
): readonly Fault[] {
  const kept = tokensAtFault(exploration.states).filter(({ kind }) => kind !== 'never-ends' || !leftFromOutside);
  return [...kept, ...doneTwice(exploration, original)];
}

/** Tokens that are stuck; where there are none, runs that cannot end. */
export function tokensAtFault(states: readonly Found[]): readonly Fault[] {
  const stuck = stuckTokens(states);
  return stuck.length > 0 ? stuck : neverEnding(states);
}

/**
 * A token at a join is all right as long as some way of going on lets it go, or ends it in the course of the flow. An event sub-process that
 * may sweep it away is no way of going on.
 */
function stuckTokens(states: readonly Found[]): Fault[] {
  const sources = sourcesOf(states);
  const unplayed = states.filter((found) => found.unplayed && found.state.status !== 'ended');
  const releasing = new Map<string, Set<Found>>();
  for (const from of states)
    for (const place of from.edges.flatMap(({ released }) => released)) {
      const group = releasing.get(place) ?? new Set();
      releasing.set(place, group.add(from));
    }
  const places = new Map(states.map((found) => [found, new Set(heldUp(found.state).values())]));
  const faults = new Map<string, Fault>();
  for (const place of new Set([...places.values()].flatMap((held) => [...held]))) {
    const free = reachedBackward(new Set([...unplayed, ...(releasing.get(place) ?? [])]), sources);
    const at = states.find((found) => places.get(found)?.has(place) && !free.has(found));
    const node = nodeOfPlace(place);
    if (at && !faults.has(node)) faults.set(node, { kind: canGoOn(at) ? 'leftover' : 'deadlock', node, at });
  }
  return [...faults.values()];
}

function canGoOn({ edges }: Found): boolean {
  return edges.length > 0;
}

type Sources = ReadonlyMap<Found, readonly Found[]>;

function sourcesOf(states: readonly Found[]): Sources {
  const sources = new Map<Found, Found[]>();
  for (const from of states)
    for (const { to } of from.edges) {
      const known = sources.get(to);
      if (known) known.push(from);
      else sources.set(to, [from]);
    }
  return sources;
}

function reachedBackward(from: ReadonlySet<Found>, sources: Sources): ReadonlySet<Found> {
  const reached = new Set(from);
  const open = [...from];
  for (let found = open.pop(); found; found = open.pop())
    for (const source of sources.get(found) ?? []) {
      if (reached.has(source)) continue;
      reached.add(source);
      open.push(source);
    }
  return reached;
}

/** States from which the end cannot be reached, though no token is stuck. */
function neverEnding(states: readonly Found[]): Fault[] {
  const ending = new Set(
    states.filter(({ leaves, unplayed, state }) => leaves || unplayed || state.status === 'ended'),
  );
  const free = reachedBackward(ending, sourcesOf(states));
  const at = states.find((found) => !free.has(found));
  const node = at && Object.values(at.state.tokens)[0]?.node;
  return at && node !== undefined ? [{ kind: 'never-ends', node, at }] : [];
}

/**
 * Two tokens at once where something is done, and the flow goes on from there: all that follows is done twice. An end that several ways lead
 * to is none of these.
 */
function doneTwice({ states, doubled, stage }: Exploration, original: (node: string) => IrNode | undefined): Fault[] {
  const faults = new Map<string, Fault>();
  const isWork = (node: string) => {
    const one = original(node);
    const goesOn = Object.values(stage.definition.scopes).some(
      (scope) => scope.nodes[node] && !scope.adHoc && flowsOut(scope, node).length > 0,
    );
    return one !== undefined && goesOn && !one.isCompensation && doesSomething(one);
  };
  const note = (node: string, shown: Step) => {
    if (!faults.has(node) && isWork(node)) faults.set(node, { kind: 'twice', node, shown });
  };
  for (const [node, step] of doubled) note(node, step);
  for (const found of states) {
    const seen = new Set<string>();
    for (const { scope, node, phase } of Object.values(found.state.tokens)) {
      if (phase === 'joining') continue;
      const place = `${scope} ${node}`;
      if (seen.has(place)) note(node, found.via);
      seen.add(place);
    }
    noteSharedAhead(found, note);
  }
  return [...faults.values()];
}

function doesSomething({ body, outputs, repeat }: IrNode): boolean {
  if (repeat || outputs.length > 0) return true;
  return body.kind === 'pass' ? body.acts.length > 0 : true;
}

/** Two tokens that stand apart and can each come to the same place in one step, the one without ending the other. */
function noteSharedAhead(found: Found, note: (node: string, shown: Step) => void): void {
  const ahead = new Map<string, number>();
  for (const { step, entered, gone } of found.edges) {
    const by = step.move?.owner.token;
    if (by === undefined) continue;
    for (const node of entered) {
      const other = ahead.get(node);
      if (other === undefined) ahead.set(node, by);
      else if (other !== by && !gone.includes(other)) note(node, step);
    }
  }
}
