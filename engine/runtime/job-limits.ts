/** Seconds a leased job stays with its holder; a delivery is cut off well before. */
export const leaseSeconds = 90;

/** Milliseconds after which a connector's silence counts as an unknown outcome. */
export const defaultDeliveryTimeout = 30_000;

/** How often an unknown outcome is asked about beyond the task's own retries; asking is harmless. */
export const extraQueries = 3;
