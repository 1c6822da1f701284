import type postgres from 'postgres';
import { StoreFailure } from '../engine/index.ts';
import { DEADLINE, toStoreFailure } from './store-failures.ts';

/** A pool of connections that is given up for a fresh one when it cannot be trusted any more. */
export type RenewableClient<T> = {
  /** What is made on the pool there is now. */
  current(): T;
  /**
   * The answer of a call, or the failure in the engine's terms (`StoreFailure`). A call that gets no answer in time may still be carried out: its
   * outcome is unknown. It is not cancelled, because PostgreSQL may confirm a cancelled commit.
   */
  call<R>(work: (on: T) => PromiseLike<R>): Promise<R>;
  close(): Promise<void>;
};

/** Not more often than this, in milliseconds: everybody who waits on the old pool is late at the same time. */
const RENEWAL_REST = 1_000;

/**
 * Makes one. The pool is given up after a call without an answer (the network swallows what is sent, and the connection would be waited on for ever)
 * and when the server says it is not the primary (the address may lead to another one by now). What is under way on it fails as unknown.
 */
export function createRenewableClient<T>(
  open: () => { readonly client: postgres.Sql; readonly value: T },
  deadline: number,
): RenewableClient<T> {
  let opened = open();
  let openedAt = performance.now();
  const renew = (seen: typeof opened) => {
    if (seen !== opened || performance.now() - openedAt < RENEWAL_REST) return;
    opened = open();
    openedAt = performance.now();
    void seen.client.end({ timeout: 0 }).catch(() => undefined);
  };
  return {
    current: () => opened.value,
    async call(work) {
      const on = opened;
      try {
        return await answerOf(work(on.value), deadline);
      } catch (error) {
        const failure = toStoreFailure(error);
        if (failure && untrusted.has(failure.code)) renew(on);
        throw failure ?? error;
      }
    },
    async close() {
      await opened.client.end({ timeout: 5 });
    },
  };
}

const untrusted: ReadonlySet<string> = new Set([DEADLINE, '25006']);

async function answerOf<T>(call: PromiseLike<T>, deadline: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreFailure('unknown-outcome', DEADLINE)), deadline);
  });
  try {
    return await Promise.race([call, silence]);
  } finally {
    clearTimeout(timer);
  }
}
