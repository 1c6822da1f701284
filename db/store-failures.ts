import { type FailureMeaning, StoreFailure } from '../engine/index.ts';

/** The code of a call that got no answer in time. */
export const DEADLINE = 'DEADLINE';

/** The code of a call that came back without the rows it always has: the session ended, and the driver took what there was for an answer. */
export const NO_ANSWER = 'NO_ANSWER';

/** The code of a call that was not made, because too many wait already. */
export const CROWDED = 'CROWDED';

/**
 * What a failed call means, by SQLSTATE or by the driver's or the machine's code. Where a commit may have reached the disk before the failure did,
 * its outcome is unknown. Whatever is not named is refused: a call that is wrong stays wrong.
 */
const meanings: Readonly<Record<string, FailureMeaning>> = {
  // The transaction was undone for another's sake.
  '40001': 'retry',
  '40P01': 'retry',
  // A lock was not free in time, or the statement took too long.
  '55P03': 'retry',
  '57014': 'retry',
  // Out of connections, disk, memory: undone, and there may be some again.
  '53000': 'retry',
  '53100': 'retry',
  '53200': 'retry',
  '53300': 'retry',
  '53400': 'retry',
  // Not ready, starting, or no longer the primary.
  '57P03': 'retry',
  '25006': 'retry',
  '08001': 'retry',
  '08004': 'retry',
  // Never connected, so nothing was sent.
  [CROWDED]: 'retry',
  CONNECT_TIMEOUT: 'retry',
  CONNECTION_ENDED: 'retry',
  ECONNREFUSED: 'retry',
  EHOSTUNREACH: 'retry',
  ENETUNREACH: 'retry',
  ENOTFOUND: 'retry',
  EAI_AGAIN: 'retry',
  // The session ended while the answer was waited for.
  '57P01': 'unknown-outcome',
  '57P02': 'unknown-outcome',
  '57P05': 'unknown-outcome',
  '08000': 'unknown-outcome',
  '08003': 'unknown-outcome',
  '08006': 'unknown-outcome',
  '08007': 'unknown-outcome',
  '40003': 'unknown-outcome',
  '58000': 'unknown-outcome',
  '58030': 'unknown-outcome',
  CONNECTION_CLOSED: 'unknown-outcome',
  CONNECTION_DESTROYED: 'unknown-outcome',
  ECONNRESET: 'unknown-outcome',
  EPIPE: 'unknown-outcome',
  ETIMEDOUT: 'unknown-outcome',
  [DEADLINE]: 'unknown-outcome',
};

/** What a code means. */
export function meaningOf(code: string): FailureMeaning {
  return meanings[code] ?? 'refused';
}

/**
 * A failure of the driver, also one that drizzle wrapped, as the engine understands it. Undefined when it is none, but a bug of ours. The driver's
 * error is left behind: it carries the statement's parameters, which are a patient's data.
 */
export function toStoreFailure(error: unknown): StoreFailure | undefined {
  if (error instanceof StoreFailure) return error;
  for (let found = error; found instanceof Error; found = found.cause) {
    const code = textOf(found, 'code');
    if (code === undefined) continue;
    const place = textOf(found, 'constraint_name') ?? textOf(found, 'table_name') ?? textOf(found, 'routine');
    return new StoreFailure(meaningOf(code), code, place);
  }
  return undefined;
}

function textOf(error: Error, name: string): string | undefined {
  const found = Object.getOwnPropertyDescriptor(error, name)?.value;
  return typeof found === 'string' ? found : undefined;
}
