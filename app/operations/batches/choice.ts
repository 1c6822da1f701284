import { type CaseFilters, readFilters, withFilters } from '../../cases/case-filters.ts';

/** What a person can do to many cases they chose. */
export const chosenWork = ['retry-incidents', 'cancel-cases'] as const;

/** What to do, and to which cases: those the filters find, or those that are ticked. */
export type Choice = {
  readonly work: (typeof chosenWork)[number];
  readonly filters: CaseFilters;
  readonly ticked: readonly string[];
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Reads the choice an address makes; undefined when it says nothing that can be done. */
export function readChoice(query: URLSearchParams): Choice | undefined {
  const work = chosenWork.find((one) => one === query.get('work'));
  const { cursor: _page, ...filters } = readFilters(query);
  return work && { work, filters, ticked: query.getAll('case').filter((id) => uuid.test(id)) };
}

/** The address of the page that does this to the cases the filters find. */
export function choosing(work: Choice['work'], filters: CaseFilters): string {
  return `/operations/batches/new?work=${work}&${withFilters({}, { ...filters, cursor: undefined })}`;
}
