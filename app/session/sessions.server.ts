import type { Instant } from '../../engine/index.ts';

/** How long a session lives, in minutes: without a request, and altogether. */
export const sessionLimits = { idleMinutes: 30, absoluteMinutes: 12 * 60 } as const;

/** A session as found by the secret in a browser's cookie. */
export type Session = {
  readonly personId: string;
  /** Language the account last chose. */
  readonly language?: string;
  readonly expiresAt: Instant;
};

/** Why a login did not succeed. Wrong name and wrong password are one answer, so nobody learns which names exist. */
export type LoginRefusal =
  | { readonly code: 'wrong-credentials' }
  | { readonly code: 'too-many-attempts'; readonly retryAfterSeconds: number };

/** Server-side sessions: the browser holds a random secret, the database its hash. */
export type Sessions = {
  /**
   * Checks name and password and opens a new session (a fresh secret at every login).
   * @param from network address of the browser, for the rate limit
   */
  logIn(request: {
    tenantId: string;
    loginName: string;
    password: string;
    from: string;
  }): Promise<{ readonly secret: string; readonly personId: string; readonly language?: string } | LoginRefusal>;
  /** The live session of this secret; counts as a request for the idle limit. */
  find(request: { tenantId: string; secret: string }): Promise<Session | undefined>;
  /** The live session of this secret, without counting as a request: for what the browser asks by itself. */
  peek(request: { tenantId: string; secret: string }): Promise<Session | undefined>;
  /** Ends the session everywhere. */
  logOut(request: { tenantId: string; secret: string }): Promise<void>;
  /** Keeps the language with the account. */
  chooseLanguage(request: { tenantId: string; personId: string; language: string }): Promise<void>;
};
