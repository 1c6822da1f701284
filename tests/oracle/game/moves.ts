import type { Value } from '../feel.ts';
import type { Game } from './game.ts';
import type { Wait } from './state.ts';

type AnswerKind = Wait['kind'];

/** A word from outside, in terms of the diagram: the `nth` open wait of that kind at that element, those of older scopes first. */
export type Move =
  | {
      readonly kind: AnswerKind;
      readonly element: string;
      readonly nth: number;
      readonly variables: Readonly<Record<string, Value>>;
    }
  | { readonly kind: 'job-error'; readonly element: string; readonly nth: number; readonly code: string }
  | { readonly kind: 'set'; readonly variables: Readonly<Record<string, Value>> };

/** Which waits a move may be about now; of the timers only those due next. */
export function openMoves(
  game: Game,
): readonly { readonly kind: AnswerKind; readonly element: string; readonly nth: number }[] {
  const due = Math.min(...game.waits.flatMap((wait) => wait.due ?? []));
  const counts = new Map<string, number>();
  const all = byAge(game.waits).flatMap((wait) => {
    const key = `${wait.kind} ${wait.node.id}`;
    const nth = counts.get(key) ?? 0;
    counts.set(key, nth + 1);
    if (!mayHappen(game, wait, due)) return [];
    return [{ kind: wait.kind, element: wait.node.id, nth }];
  });
  return all.sort((a, b) => compare(keyOf(a), keyOf(b)));
}

/** A condition becomes true by what is written, unless conditions are free choices. */
function mayHappen({ judge }: Game, { kind, due }: Wait, next: number): boolean {
  if (kind === 'condition') return judge.exits !== undefined;
  return kind !== 'timer' || due === next;
}

/** Waits of older scopes first, so that it is clear which instance is meant; in one scope as they began. */
export function byAge(waits: readonly Wait[]): readonly Wait[] {
  return waits.toSorted((a, b) => compareAges(a.scope.age, b.scope.age));
}

function compareAges(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((number, index) => number !== b[index]);
  return at === -1 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? 0);
}

function keyOf({ kind, element, nth }: { kind: string; element: string; nth: number }): string {
  return `${kind} ${element} ${nth}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Says it to the case and plays on until nothing moves by itself. */
export function perform(game: Game, move: Move): void {
  if (move.kind === 'set') {
    const [root] = game.scopes;
    if (root) game.write(root, new Map(Object.entries(move.variables)));
  } else {
    const kind = move.kind === 'job-error' ? 'job' : move.kind;
    const wait = byAge(game.waits).filter((one) => one.kind === kind && one.node.id === move.element)[move.nth];
    if (!wait) throw new Error(`Expected ${kind} ${move.element} to be waited for`);
    answer(game, wait, move);
  }
  game.settle();
}

function answer(game: Game, wait: Wait, move: Exclude<Move, { kind: 'set' }>): void {
  const { token } = wait;
  if (move.kind === 'timer') {
    game.now = Math.max(game.now, wait.due ?? 0);
    game.fire(wait);
  } else if (move.kind === 'job-error') {
    game.dropWaits((one) => one === wait);
    if (token) game.raiseError(token, move.code, true);
  } else {
    const values = new Map(Object.entries(move.variables));
    if (move.kind !== 'task' && move.kind !== 'job') game.fire(wait, values);
    else finish(game, wait, values);
  }
}

function finish(game: Game, wait: Wait, values: Map<string, Value>): void {
  game.dropWaits((one) => one === wait);
  if (wait.token) game.finish(wait.token, values);
}
