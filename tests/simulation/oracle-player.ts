import type { Value } from '../oracle/feel.ts';
import { Game } from '../oracle/game/game.ts';
import { adHocMoves, type Move, type Open, openMoves, perform } from '../oracle/game/moves.ts';
import type { Wait } from '../oracle/game/state.ts';
import { visitedIn } from '../oracle/game/visited.ts';
import type { Model } from '../oracle/model.ts';
import type { Random } from '../oracle/random.ts';
import type { Snapshot } from './engine-player.ts';

/** One case played by the oracle, which also chooses what is said to it. */
export class OraclePlayer {
  private readonly game: Game;
  private since = 0;

  constructor(model: Model) {
    this.game = new Game(model);
  }

  start(processId: string, variables: Readonly<Record<string, Value>>, startEvent?: string): void {
    this.game.start(processId, variables, startEvent);
  }

  /** A random word from outside, or nothing when nothing is waited for. */
  choose(random: Random): Move | undefined {
    const { game } = this;
    const moves = [...openMoves(game), ...adHocMoves(game)];
    if (game.outcome || (moves.length === 0 && game.incidents.length === 0 && game.waits.length === 0))
      return undefined;
    const variables = { [random.pick(['x', 'y', 'z'])]: random.between(0, 3) };
    if (moves.length === 0 || random.chance(10)) return { kind: 'set', variables };
    const chosen = random.pick(moves);
    if (chosen.kind === 'enter' || chosen.kind === 'complete-ad-hoc') return chosen;
    return wordFor(chosen, random, random.chance(60) ? variables : {});
  }

  perform(move: Move): void {
    this.since = this.game.trace.length;
    perform(this.game, move);
  }

  /** Nodes tokens came to and flows they took so far. */
  get visited(): ReadonlySet<string> {
    return visitedIn(this.game);
  }

  snapshot(): Snapshot {
    const { game } = this;
    return {
      trace: game.trace.slice(this.since),
      tokens: game.tokens
        .map(({ node, scope, phase }) => `${scope.path} ${node.id}${phase === 'joining' ? ' joining' : ''}`)
        .sort(),
      waits: game.waits.map(waitText).sort(),
      incidents: game.incidents.map(({ node, why }) => `${node.id} ${why}`).sort(),
      variables: JSON.stringify(sorted(Object.fromEntries(game.variables))),
      outcome: game.outcome ?? 'active',
    };
  }
}

function wordFor({ kind, element, nth, name, key }: Open, random: Random, variables: Word): Move {
  if (kind === 'job' && random.chance(25))
    return { kind: 'job-error', element, nth, code: random.pick(['e1', 'e2', 'e3']) };
  if (name !== undefined && key !== undefined && random.chance(40)) return { kind: 'publish', name, key, variables };
  return { kind, element, nth, variables };
}

type Word = Readonly<Record<string, Value>>;

function waitText({ kind, scope, node, due, last, name, key }: Wait): string {
  const told = { timer: due, condition: last, message: `${name} ${key}`, signal: name, task: '', job: '' };
  return `${kind} ${scope.path} ${node.id} ${told[kind]}`;
}

function sorted(values: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
}
