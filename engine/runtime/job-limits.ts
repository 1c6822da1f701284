/**
 * Seconds a leased job stays with its holder, where a connector may be silent so many milliseconds: a question, a request and as long again to begin them.
 * A node that is killed keeps its work from the others so long.
 */
export function leaseSecondsFor(deliveryTimeout: number): number {
  return (3 * deliveryTimeout) / 1_000;
}

/**
 * Milliseconds after asking for a job within which it must be begun, for a connector that may be silent so long. Then a question and a request
 * both come to their end while the lease still runs; a holder that comes to it later may no longer be the only one.
 */
export function beginWithin(deliveryTimeout: number): number {
  return deliveryTimeout;
}

/** Milliseconds after which a connector's silence counts as an unknown outcome. */
export const defaultDeliveryTimeout = 30_000;

/** How often an unknown outcome is asked about beyond the task's own retries; asking is harmless. */
export const extraQueries = 3;

/** Deliveries a matching makes at a time: a signal with a hundred thousand receivers goes out in statements that are short. */
export const BATCH_OF_RECEIVERS = 1_000;

/** Deliveries of one connector under way in a node. One that hangs holds this many, and no work of others. */
export const deliveriesAtOnce = 8;
