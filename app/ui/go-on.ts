import { useNavigate } from '@remix-run/react';
import { useEffect } from 'react';

/** What a page that sent a command with a fetcher is told when it is done. */
export type GoOn = {
  /** The page to go on at. */
  readonly next: string;
};

/**
 * Goes where a fetcher's answer says, once for every answer. The page goes by itself and not by a redirect: the router drops a redirect
 * that answers a fetcher when the page's data were asked for again in the meantime, and the person would stay.
 *
 * @param answer undefined: the person stays
 */
export function useGoOn(answer: GoOn | undefined): void {
  const navigate = useNavigate();
  useEffect(() => {
    if (answer) navigate(answer.next);
  }, [answer, navigate]);
}
