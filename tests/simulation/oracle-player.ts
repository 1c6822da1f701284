import type { Value } from '../oracle/feel.ts';
import { Game } from '../oracle/game/game.ts';
import { type Move, openMoves, perform } from '../oracle/game/moves.ts';
import type { Wait } from '../oracle/game/state.ts';
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
    const moves = openMoves(this.game);
    if (this.game.outcome || (moves.length === 0 && this.game.incidents.length === 0 && this.game.waits.length === 0))
      return undefined;
    const variables = { [random.pick(['x', 'y', 'z'])]: random.between(0, 3) };
    if (moves.length === 0 || random.chance(10)) return { kind: 'set', variables };
    const { kind, element, nth } = random.pick(moves);
    if (kind === 'job' && random.chance(25))
      return { kind: 'job-error', element, nth, code: random.pick(['e1', 'e2', 'e3']) };
    return { kind, element, nth, variables: random.chance(60) ? variables : {} };
  }

  perform(move: Move): void {
    this.since = this.game.trace.length;
    perform(this.game, move);
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

function waitText({ kind, scope, node, due, last }: Wait): string {
  const more = kind === 'timer' ? ` ${due}` : kind === 'condition' ? ` ${last}` : '';
  return `${kind} ${scope.path} ${node.id}${more}`;
}

function sorted(values: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
}
