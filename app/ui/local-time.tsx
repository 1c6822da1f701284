import { formatInstant } from '../i18n/format.ts';

/** An instant on the hospital's wall clock. */
export function LocalTime({ at }: { readonly at: string }) {
  return <time dateTime={at}>{formatInstant(at)}</time>;
}
