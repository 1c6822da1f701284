import { useRouteLoaderData } from '@remix-run/react';
import type { loader } from '../root.tsx';

/** What the root loader gave every page; undefined when even that failed. */
export function useRootData() {
  return useRouteLoaderData<typeof loader>('root');
}
