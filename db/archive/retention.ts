import { type RecordClass, recordClasses } from '../../engine/index.ts';

/** Years a hospital keeps records longer than the law asks, by class; the others as long as that. */
export type KeptLonger = Readonly<Partial<Record<RecordClass, number>>>;

/**
 * Years a record is kept after its end: as the law has its class, or longer where the hospital says so, never shorter. The shortest class is a
 * year, so that the 183 days network logs are kept at least are always reached.
 */
export function yearsKept(recordClass: RecordClass, longer: KeptLonger): number {
  return Math.max(recordClasses[recordClass].years, longer[recordClass] ?? 0);
}
