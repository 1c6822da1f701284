import { useEffect, useRef, useState } from 'react';
import { dropDraft, keepDraft, recallDraft } from './draft-memory.ts';

/** What a form holds. */
export type Draft = {
  readonly data: unknown;
  /** Keeps what is being filled in. */
  readonly change: (data: unknown) => void;
  /** Forgets it, as it is on its way; a refusal, or no answer, makes it a draft again. */
  readonly sent: (data: unknown) => void;
};

/**
 * What a person fills in at a place, kept while they look at something else.
 *
 * @param initial shown when there is no draft
 * @param refused the refusal of what was sent last, if it was refused
 */
export function useDraft(personId: string, place: string, initial: unknown, refused: unknown): Draft {
  const [data, setData] = useState<unknown>(() => recallDraft(personId, place) ?? initial);
  const latest = useRef(data);
  latest.current = data;
  useEffect(() => {
    if (refused) keepDraft(personId, place, latest.current);
  }, [refused, personId, place]);
  return {
    data,
    change: (next) => {
      setData(next);
      keepDraft(personId, place, next);
    },
    sent: (filled) => {
      setData(filled);
      dropDraft(place);
    },
  };
}
