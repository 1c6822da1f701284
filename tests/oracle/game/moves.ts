import type { Value } from '../feel.ts';
import { nodeOf } from '../model.ts';
import { enterable, isBusy, isOpenForActivities } from './ad-hoc.ts';
import type { Game } from './game.ts';
import type { Scope, Wait } from './state.ts';

type AnswerKind = Wait['kind'];

/** A word from outside, in terms of the diagram: the `nth` open wait of that kind at that element, those of older scopes first. */
export type Move =
  | {
      readonly kind: AnswerKind;
      readonly element: string;
      readonly nth: number;
      readonly variables: Readonly<Record<string, Value>>;
    }
  /** A message about something: everyone who waits for it at that moment has it, one after the other. */
  | {
      readonly kind: 'publish';
      readonly name: string;
      readonly key: string;
      readonly variables: Readonly<Record<string, Value>>;
    }
  /** The `nth` ad-hoc sub-process of that id: a person begins an activity of it, or says that it is done. */
  | { readonly kind: 'enter'; readonly element: string; readonly nth: number; readonly activity: string }
  | { readonly kind: 'complete-ad-hoc'; readonly element: string; readonly nth: number }
  | { readonly kind: 'job-error'; readonly element: string; readonly nth: number; readonly code: string }
  | { readonly kind: 'set'; readonly variables: Readonly<Record<string, Value>> };

/** What people say of an ad-hoc sub-process. */
export type AdHocMove = Extract<Move, { kind: 'enter' | 'complete-ad-hoc' }>;
type Answer = Exclude<Move, AdHocMove | { kind: 'set' | 'publish' }>;

/** A wait a move may be about, in terms of the diagram; of a message also what it must be about. */
export type Open = {
  readonly kind: AnswerKind;
  readonly element: string;
  readonly nth: number;
  readonly name?: string;
  readonly key?: string;
};

/** Which waits a move may be about now; of the timers only those due next. */
export function openMoves(game: Game): readonly Open[] {
  const due = Math.min(...game.waits.flatMap((wait) => wait.due ?? []));
  const counts = new Map<string, number>();
  const all = byAge(game.waits).flatMap((wait) => {
    const place = `${wait.kind} ${wait.node.id}`;
    const nth = counts.get(place) ?? 0;
    counts.set(place, nth + 1);
    if (!mayHappen(game, wait, due)) return [];
    const { kind, node, name, key } = wait;
    const about = name === undefined || key === undefined ? {} : { name, key };
    return [{ kind, element: node.id, nth, ...about }];
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
  if (move.kind === 'publish') publish(game, move);
  else if (move.kind === 'set') setVariables(game, new Map(Object.entries(move.variables)));
  else if (move.kind === 'enter' || move.kind === 'complete-ad-hoc') workAdHoc(game, move);
  else answer(game, waitMeant(game, move), move);
  game.settle();
}

function setVariables(game: Game, values: Map<string, Value>): void {
  const [root] = game.scopes;
  if (root) game.write(root, values);
}

function waitMeant(game: Game, move: Answer): Wait {
  const kind = move.kind === 'job-error' ? 'job' : move.kind;
  const wait = byAge(game.waits).filter((one) => one.kind === kind && one.node.id === move.element)[move.nth];
  if (!wait) throw new Error(`Expected ${kind} ${move.element} to be waited for`);
  return wait;
}

function workAdHoc(game: Game, move: AdHocMove): void {
  const scope = openAdHocs(game).filter(({ container }) => container.id === move.element)[move.nth];
  if (!scope) throw new Error(`Expected ${move.element} to be under way`);
  if (move.kind === 'enter') game.place(scope, nodeOf(scope.container, move.activity));
  else scope.interrupted = true;
}

function publish(game: Game, { name, key, variables }: Extract<Move, { kind: 'publish' }>): void {
  const receivers = byAge(game.waits).filter((one) => one.kind === 'message' && one.name === name && one.key === key);
  for (const wait of receivers) {
    if (!game.waits.includes(wait)) continue;
    game.fire(wait, new Map(Object.entries(variables)));
    game.settle();
  }
}

/** Ad-hoc sub-processes people may still work in, older ones first. */
function openAdHocs(game: Game): readonly Scope[] {
  return game.scopes.filter(isOpenForActivities).toSorted((a, b) => compareAges(a.age, b.age));
}

/** What people may do in ad-hoc sub-processes now. */
export function adHocMoves(game: Game): readonly AdHocMove[] {
  const open = openAdHocs(game);
  return open.flatMap((scope) => {
    const { id: element } = scope.container;
    const nth = open.filter(({ container }) => container.id === element).indexOf(scope);
    const entered = enterable(game, scope).map(
      ({ id: activity }) => ({ kind: 'enter', element, nth, activity }) as const,
    );
    return isBusy(game, scope) ? entered : [...entered, { kind: 'complete-ad-hoc', element, nth } as const];
  });
}

function answer(game: Game, wait: Wait, move: Answer): void {
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
