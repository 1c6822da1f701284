import type { Clock, Directory, Language } from '../../engine/index.ts';
import type { Sessions } from '../session/sessions.server.ts';
import type { Changes } from './changes.ts';
import type { Readiness } from './health.ts';
import type { Log } from './log.ts';

/** A name in both languages. */
export type Named = Readonly<Record<Language, string>>;

/** A demo account as the login page lists it. */
export type DemoAccount = {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  readonly department: string;
  readonly roles: readonly string[];
};

/** Everything the screens work with. Made once by the composition root and handed to every request. */
export type Services = {
  readonly tenantId: string;
  readonly hospitalName: Named;
  /** Names of the directory's codes. */
  readonly names: {
    readonly roles: Readonly<Record<string, Named>>;
    readonly departments: Readonly<Record<string, Named>>;
  };
  /** Whether this is the demonstration with invented people. */
  readonly demo: boolean;
  /** Empty outside the demonstration. */
  readonly demoAccounts: readonly DemoAccount[];
  readonly clock: Clock;
  readonly log: Log;
  readonly changes: Changes;
  readonly readiness: () => Promise<Readiness>;
  readonly sessions: Sessions;
  readonly directory: Directory;
};
