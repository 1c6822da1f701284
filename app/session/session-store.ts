import type { Instant } from '../../engine/index.ts';

/** Somebody's way in: a login name with a password, for a person of the directory. */
export type Account = {
  readonly personId: string;
  readonly loginName: string;
  /** argon2id in PHC format; parameters and salt stand in it. */
  readonly passwordHash: string;
  readonly language?: string;
  /** A locked account cannot log in; its sessions are dead. */
  readonly locked: boolean;
};

/** A session as stored: by the hash of its secret, never the secret. */
export type StoredSession = {
  readonly secretHash: string;
  readonly personId: string;
  readonly createdAt: Instant;
  readonly lastSeenAt: Instant;
};

/** Where accounts and sessions are kept. */
export type SessionStore = {
  accountByLoginName(tenantId: string, loginName: string): Promise<Account | undefined>;
  /** Adds accounts; one whose person already has an account is left as it is. */
  addAccounts(tenantId: string, accounts: readonly Account[]): Promise<void>;
  saveLanguage(tenantId: string, personId: string, language: string): Promise<void>;
  addSession(tenantId: string, session: StoredSession): Promise<void>;
  /** The session and its account's language, unless the account is locked. */
  session(tenantId: string, secretHash: string): Promise<(StoredSession & { readonly language?: string }) | undefined>;
  touchSession(tenantId: string, secretHash: string, at: Instant): Promise<void>;
  removeSession(tenantId: string, secretHash: string): Promise<void>;
  /** Removes sessions created before `createdBefore` or unseen since `seenBefore`. */
  removeExpired(tenantId: string, createdBefore: Instant, seenBefore: Instant): Promise<void>;
};
