import type { Value } from '../feel.ts';
import type { Container, Node, Repeat, RepeatEvent, Trigger } from '../model.ts';
import { recordInstance } from './compensation.ts';
import type { Game } from './game.ts';
import { cancelScope } from './scopes.ts';
import type { Progress, Scope, Token } from './state.ts';
import { lookupFrom } from './variables.ts';

const bodies = new WeakMap<Node, Container>();

/** What is repeated: the activity itself, once, in a scope of its own. */
function bodyOf(node: Node): Container {
  const known = bodies.get(node);
  if (known) return known;
  const { repeat: _, undoneBy: __, ...once } = node;
  const inside: Node = { ...once, boundaries: [], incoming: [], outgoing: [], startQuantity: 1, completionQuantity: 1 };
  const body: Container = {
    id: `${node.id}#body`,
    kind: 'subProcess',
    nodes: new Map([[node.id, inside]]),
    handlers: [],
    sequential: false,
    cancelRemaining: true,
    data: [],
  };
  bodies.set(node, body);
  return body;
}

function repeatOf({ node }: Token): Repeat {
  if (!node.repeat) throw new Error(`Expected ${node.id} to be repeated`);
  return node.repeat;
}

function progressOf(token: Token): Progress {
  if (!token.progress) throw new Error(`Expected ${token.node.id} to be under way`);
  return token.progress;
}

/** Begins a repeated activity: all instances, or the first (10.3.9, 13.3.7). */
export function beginRepeat(game: Game, token: Token): void {
  const repeat = repeatOf(token);
  const lookup = lookupFrom(token.scope, token);
  const items = repeat.collection && listOf(game.judge.value(repeat.collection, lookup));
  const total = items ? items.length : game.judge.count(repeat.cardinality ?? repeat.collection ?? '0', lookup);
  token.progress = { items: items || undefined, total, started: 0, completed: 0, outputs: [] };
  if (repeat.kind === 'loop') again(game, token, repeat, repeat.testBefore);
  else if (total === 0) finish(game, token);
  else openInstances(game, token, repeat.kind === 'parallel' ? total : 1);
}

function openInstances(game: Game, token: Token, count: number): void {
  for (let instance = 0; instance < count && token.alive; instance += 1) openInstance(game, token);
}

function listOf(value: Value): readonly Value[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

function openInstance(game: Game, token: Token): void {
  const progress = progressOf(token);
  const { element } = repeatOf(token);
  const index = progress.started;
  progress.started += 1;
  const variables = new Map<string, Value>([['loopCounter', index + 1]]);
  const item = progress.items?.[index];
  if (element && item !== undefined) variables.set(element, item);
  game.openScope(bodyOf(token.node), { host: token, parent: token.scope, variables });
}

/** One instance is done. */
export function advanceRepeat(game: Game, token: Token, finished: Scope): void {
  const progress = progressOf(token);
  const repeat = repeatOf(token);
  progress.completed += 1;
  if (repeat.outputElement)
    progress.outputs[Number(finished.variables.get('loopCounter')) - 1] = game.judge.value(
      repeat.outputElement,
      lookupFrom(finished),
    );
  recordInstance(token, finished);
  throwFor(game, token, repeat, progress);
  if (!token.alive) return;
  if (repeat.kind === 'loop') again(game, token, repeat, true);
  else if (progress.completed === progress.total || isEnough(game, token, repeat, progress)) finish(game, token);
  else if (repeat.kind === 'sequential') openInstance(game, token);
}

/** What one more complete run throws, caught on the activity's own boundary first (10.3.8). */
function throwFor(game: Game, token: Token, { events }: Repeat, progress: Progress): void {
  for (const { when, triggers } of events)
    if (isDue(game, token, when, progress))
      for (const trigger of triggers) if (token.alive) throwFromRepeated(game, token, trigger);
}

function throwFromRepeated(game: Game, token: Token, trigger: Trigger): void {
  if (trigger.kind === 'signal') game.signal(trigger.name);
  else if (trigger.kind === 'escalation') game.escalate(token, trigger.code, 'own boundary first');
}

function isDue(game: Game, token: Token, when: RepeatEvent['when'], progress: Progress): boolean {
  if (when === 'each') return true;
  return when === 'first' ? progress.completed === 1 : holdsOver(game, token, when.feel, progress);
}

function isEnough(game: Game, token: Token, { completionCondition }: Repeat, progress: Progress): boolean {
  return completionCondition !== undefined && holdsOver(game, token, completionCondition, progress);
}

function holdsOver(game: Game, token: Token, feel: string, { total, started, completed }: Progress): boolean {
  const lookup = lookupFrom(token.scope, token);
  const counts: Readonly<Record<string, number>> = {
    numberOfInstances: total,
    numberOfCompletedInstances: completed,
    numberOfActiveInstances: started - completed,
  };
  return game.judge.holds(feel, (name) => counts[name] ?? lookup(name)) === true;
}

/** Standard loop: while the condition holds, at most so often (13.3.6). */
function again(game: Game, token: Token, { loopCondition, maximum }: Repeat, ask: boolean): void {
  const { started } = progressOf(token);
  const lookup = lookupFrom(token.scope, token);
  const counted = (name: string): Value => (name === 'loopCounter' ? started : lookup(name));
  const goesOn = !ask || loopCondition === undefined || game.judge.holds(loopCondition, counted) === true;
  if (goesOn && (maximum === undefined || started < maximum)) openInstance(game, token);
  else finish(game, token);
}

function finish(game: Game, token: Token): void {
  const { outputCollection } = repeatOf(token);
  const { outputs, total } = progressOf(token);
  for (const scope of game.scopes.filter(({ host }) => host === token)) cancelScope(game, scope);
  token.progress = undefined;
  if (outputCollection) {
    const collected = Array.from({ length: total }, (_, index) => outputs[index] ?? null);
    game.write(token.scope, new Map([[outputCollection, collected]]));
  }
  if (!token.alive) return;
  game.dropWaits((wait) => wait.token === token);
  game.leave(token);
}
