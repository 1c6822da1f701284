import type { Game } from './game.ts';
import type { Token } from './state.ts';

/** Keeps what a completed activity did, so that it can be undone. */
export function recordCompletion(_token: Token): void {}

/** Undoes completed activities. */
export function compensate(_game: Game, _token: Token, _activity: string | undefined): void {}
