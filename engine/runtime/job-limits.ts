/** Seconds a leased job stays with its holder; a delivery is cut off well before. */
export const leaseSeconds = 90;

/** Milliseconds after which a connector's silence counts as an unknown outcome. */
export const defaultDeliveryTimeout = 30_000;

/** How often an unknown outcome is asked about beyond the task's own retries; asking is harmless. */
export const extraQueries = 3;

/** Deliveries a matching makes at a time: a signal with a hundred thousand receivers goes out in statements that are short. */
export const BATCH_OF_RECEIVERS = 1_000;

/** Deliveries of one connector under way in a node. One that hangs holds this many, and no work of others. */
export const deliveriesAtOnce = 8;
