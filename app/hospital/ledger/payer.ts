/** Ways a patient's money comes and goes. `prepaid` is the inpatient's deposit. */
export const channels = ['cash', 'wechat', 'alipay', 'unionpay', 'prepaid'] as const;

/** One of {@link channels}. */
export type Channel = (typeof channels)[number];

/** Everybody a share of a charge can fall on. `debt` is owed, `write-off` was given up by a named decision. */
export const payers = ['fund', 'personal-account', ...channels, 'debt', 'write-off'] as const;

/** One of {@link payers}. */
export type Payer = (typeof payers)[number];

/** Fen by payer. */
export type Shares = Readonly<Partial<Record<Payer, number>>>;
