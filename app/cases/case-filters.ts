/** Filters of a list of cases as they stand in its address. No name of a patient is among them. */
export type CaseFilters = {
  readonly text?: string;
  readonly patient?: string;
  readonly flow?: string;
  readonly status?: string;
  /** Element at which an incident is open. */
  readonly at?: string;
  /** Kind of the open incident. */
  readonly code?: string;
  readonly actor?: string;
  /** Days `YYYY-MM-DD` on the hospital's calendar. */
  readonly from?: string;
  readonly to?: string;
  readonly cursor?: string;
};

const names = ['text', 'patient', 'flow', 'status', 'at', 'code', 'actor', 'from', 'to', 'cursor'] as const;
const longest = 120;

/** Reads the filters of an address. */
export function readFilters(query: URLSearchParams): CaseFilters {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = query.get(name)?.trim().slice(0, longest);
      return value ? [[name, value]] : [];
    }),
  );
}

/** The address with other filters; changed filters begin at the first page. */
export function withFilters(filters: CaseFilters, changed: CaseFilters): string {
  const all = { ...filters, cursor: undefined, ...changed };
  const kept = Object.entries(all).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return new URLSearchParams(kept).toString();
}
