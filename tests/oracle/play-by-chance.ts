import { Game, Restless } from './game/game.ts';
import { type AdHocMove, adHocMoves, byAge, type Move, type Open, openMoves, perform } from './game/moves.ts';
import { startOf } from './game/scopes.ts';
import type { Wait } from './game/state.ts';
import { visitedIn } from './game/visited.ts';
import { byChance, type Distances, nearest } from './judge.ts';
import { type Container, type Model, type Node, nodeOf } from './model.ts';
import { Random } from './random.ts';
import type { Stage } from './ways.ts';

/** What one random game of a diagram came to. */
export type ChanceGame = {
  /**
   * `ended`: no token is left. `deadlock`: nobody can say anything and tokens are left. `stuck`: a way out is missing.
   * `unfinished`: the game was longer than allowed.
   */
  readonly result: 'ended' | 'deadlock' | 'stuck' | 'unfinished';
  /** Where tokens are left, as `scope node`. */
  readonly left: readonly string[];
  /** Why somebody has to act, as `node reason`. */
  readonly incidents: readonly string[];
  /** Nodes a token came to. */
  readonly visited: ReadonlySet<string>;
  /** Nodes that held two tokens of one scope at the same time. */
  readonly crowded: ReadonlySet<string>;
  /** An error nobody catches ended it. */
  readonly byError: boolean;
};

export type ChanceOptions = {
  /** Process to start; without it the first of the file. */
  readonly processId?: string;
  /** How many words from outside at most. */
  readonly most?: number;
  /** Nodes the game mostly goes to, one after the other, where there is a choice (`stagesTo`). */
  readonly towards?: readonly Stage[];
};

/**
 * Plays a diagram once with every condition, count and duration a free choice: timers and conditions come when they like, jobs may throw any error
 * somebody catches. What a game of any seed comes to, the diagram can come to.
 */
export function playByChance(
  model: Model,
  seed: number,
  { processId, most = 150, towards: stages = [] }: ChanceOptions = {},
): ChanceGame {
  const random = new Random(seed);
  let towards: () => Distances | undefined = () => stages[0]?.distances;
  const game = new Game(
    model,
    byChance(random, () => towards()),
  );
  towards = leadThrough(stages, game);
  const process = model.processes.get(processId ?? '') ?? [...model.processes.values()][0];
  if (!process) throw new Error('Expected a process');
  // What sweeps everything away may come at any time: some games never stray, so that they come far.
  const straying = random.pick([0, 5, 20]);
  const crowded = new Set<string>();
  let result: ChanceGame['result'] = 'unfinished';
  try {
    game.start(process.id, {}, someStart(process, random, towards())?.id);
    for (let word = 0; word < most && result === 'unfinished'; word += 1) {
      for (const node of crowdedNodes(game)) crowded.add(node);
      const moves = [...openMoves(game), ...adHocMoves(game)];
      if (game.outcome) result = 'ended';
      else if (moves.length === 0) result = game.incidents.length > 0 ? 'stuck' : 'deadlock';
      else
        perform(
          game,
          wordFor(game, someMove(game, moves, random, random.chance(straying) ? undefined : towards()), random),
        );
    }
  } catch (failure) {
    if (!(failure instanceof Restless)) throw failure;
  }
  const left = game.tokens.map(({ scope, node }) => `${scope.path} ${node.id}`);
  const incidents = game.incidents.map(({ node, why }) => `${node.id} ${why}`);
  return { result, left, incidents, visited: visitedIn(game), crowded, byError: game.outcome === 'error' };
}

/** How far it is to the first of the stages the game has not come to; nothing after the last. */
function leadThrough(stages: readonly Stage[], game: Game): () => Distances | undefined {
  let [stage, read] = [0, 0];
  return () => {
    for (; read < game.trace.length; read += 1) if (game.trace[read]?.slice(2) === stages[stage]?.node) stage += 1;
    return stages[stage]?.distances;
  };
}

/** A process begins at any of its start events, and at what else it says begins cases. */
function someStart(process: Container, random: Random, towards?: Distances): Node | undefined {
  const starts = [...process.nodes.values()].flatMap((node) => startsAt(process, node));
  const leading = nearest(starts, ({ id }) => id, towards);
  return leading.length > 0 ? random.pick(leading) : starts.length > 0 ? random.pick(starts) : undefined;
}

/** A move of those nearest to where the game goes; one in a called process is as near as the activity that called it. */
function someMove(
  game: Game,
  moves: readonly (Open | AdHocMove)[],
  random: Random,
  towards: Distances | undefined,
): Open | AdHocMove {
  const place = (move: Open | AdHocMove) => {
    const around = [move.element, ...callersOf(waitOf(game, move)?.scope)];
    return around.find((id) => towards?.has(id)) ?? move.element;
  };
  const leading = nearest(moves, place, towards);
  return random.pick(leading.length > 0 ? leading : moves);
}

function callersOf(scope: Wait['scope'] | undefined): readonly string[] {
  return scope ? [...(scope.host ? [scope.host.node.id] : []), ...callersOf(scope.host?.scope ?? scope.parent)] : [];
}

function waitOf(game: Game, { kind, element, nth }: Open | AdHocMove): Wait | undefined {
  return byAge(game.waits).filter((one) => one.kind === kind && one.node.id === element)[nth];
}

function startsAt(process: Container, node: Node): readonly Node[] {
  if (node.type === 'startEvent') return [node];
  if (!node.instantiate) return [];
  return node.type === 'receiveTask' ? [node] : node.outgoing.map(({ target }) => nodeOf(process, target));
}

function crowdedNodes(game: Game): readonly string[] {
  const seen = new Map<unknown, Set<Node>>();
  const crowded: string[] = [];
  for (const { scope, node, phase } of game.tokens) {
    const nodes = seen.get(scope) ?? new Set<Node>();
    if (nodes.has(node) && phase !== 'joining') crowded.push(node.id);
    seen.set(scope, nodes.add(node));
  }
  return crowded;
}

function wordFor(game: Game, open: Open | AdHocMove, random: Random): Move {
  if (open.kind === 'enter' || open.kind === 'complete-ad-hoc') return open;
  const { kind, element, nth } = open;
  if (kind === 'job' && random.chance(30)) {
    const wait = waitOf(game, open);
    const codes = wait ? catchableCodes(wait) : [];
    if (codes.length > 0) return { kind: 'job-error', element, nth, code: random.pick(codes) };
  }
  return { kind, element, nth, variables: {} };
}

/** Codes of errors somebody around a job catches; any code will do for a catch-all. */
function catchableCodes({ node, scope }: Wait): readonly string[] {
  const events = [...node.boundaries];
  for (let at: typeof scope | undefined = scope; at; at = at.parent) {
    events.push(...at.container.handlers.map(startOf));
    events.push(...(at.host?.node.boundaries ?? []));
  }
  return events.flatMap(({ triggers }) =>
    triggers.flatMap((trigger) => (trigger.kind === 'error' ? [trigger.code ?? 'any'] : [])),
  );
}
