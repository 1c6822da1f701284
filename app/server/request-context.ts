import type { Language, Person } from '../../engine/index.ts';
import type { Services } from './services.ts';

/** Why a request was turned away before any screen saw it. */
export type Refusal = {
  readonly status: 400 | 403 | 413 | 415;
  readonly code: 'foreign-origin' | 'csrf-token' | 'body-too-large' | 'body-unreadable' | 'unsupported-media-type';
  readonly params?: Readonly<Record<string, string | number>>;
};

/** What every loader and action gets: the services and the facts of this one request. */
export type RequestContext = {
  readonly services: Services;
  /** Names the request in the log and on error pages. */
  readonly requestId: string;
  /** The trace it is followed in, while somebody follows. */
  readonly traceId?: string | undefined;
  readonly nonce: string;
  readonly language: Language;
  /** To be sent back with every POST; see `CsrfField`. */
  readonly csrfToken: string;
  /** Secret of the browser's session or, before login, of its visitor cookie. */
  readonly cookieSecret: string;
  /** Whether the browser came by https. */
  readonly secure: boolean;
  /** Network address of the browser. */
  readonly from: string;
  /** Who is signed in, with the facts of now; absent only on public pages. */
  readonly person?: Person;
  readonly refusal?: Refusal;
};

declare module '@remix-run/node' {
  interface AppLoadContext extends RequestContext {}
}
