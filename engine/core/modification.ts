import type { JsonObject } from './json.ts';

/** Where a token is to be placed. */
export type Placing = {
  readonly node: string;
  /** Open scope it goes into, or one around it, by its number; needed only where several runs of the same scope are open. */
  readonly scope?: number;
  /** Sequence flow it arrives by: a join counts arrivals by their flows. */
  readonly flow?: string;
};

/**
 * One change a person makes to a running case. Tokens and scopes are named by their numbers in the state. A move is a cancel and a place, with
 * the effects of both. A scope is cancelled with the activity it runs for; a run of a repeated activity counts as terminated.
 */
export type Modification =
  | { readonly kind: 'cancel-token'; readonly token: number }
  | { readonly kind: 'cancel-scope'; readonly scope: number }
  | ({ readonly kind: 'place-token' } & Placing)
  | ({ readonly kind: 'move-token'; readonly token: number } & Placing)
  | { readonly kind: 'set-variables'; readonly scope?: number; readonly variables: JsonObject };
