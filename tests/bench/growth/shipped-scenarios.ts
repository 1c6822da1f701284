/** How often cases of a scenario are copied: of those that have ended, and of those that run at one of its steps. */
export type Shares = { readonly finished: number; readonly running: number };

/**
 * The scenarios whose cases are copied, as `<flow>/<file>`. Among what has ended, orders that came to nothing prevail: their rows are few, and a
 * million cases must fit on the disk of whoever measures. What runs waits at every step there is.
 */
export const scenarioShares: Readonly<Record<string, Shares>> = {
  'charge-then-exam/01-happy-path': { finished: 1, running: 3 },
  'charge-then-exam/05-unpaid-expires': { finished: 8, running: 3 },
  'charge-then-exam/32-inpatient': { finished: 0, running: 2 },
  'order-verification/01-inpatient-bid': { finished: 1, running: 2 },
  'order-verification/09-verbal-in-time': { finished: 1, running: 1 },
  'order-verification/19-outpatient-sold': { finished: 2, running: 4 },
  'order-verification/20-outpatient-expires': { finished: 8, running: 1 },
  'return-then-refund/01-full-return': { finished: 1, running: 1 },
};
