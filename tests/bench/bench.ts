/** Something that can be measured by `npm run bench -- NAME`. */
export type Bench = {
  /** What it measures, for the help. */
  readonly about: string;
  /** How often each contender takes its turn unless told. */
  readonly rounds: number;
  /** Measures; `tell` gets each line as it comes. */
  readonly run: (
    options: { readonly rounds: number; readonly seconds: number | undefined; readonly size: number | undefined },
    tell: (line: string) => void,
  ) => Promise<BenchOutcome>;
};

/** What was found. `shortcomings` says in words what is less than wanted; nothing when all holds. */
export type BenchOutcome = { readonly result: unknown; readonly shortcomings: readonly string[] };
