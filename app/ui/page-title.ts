import type { MetaDescriptor } from '@remix-run/node';

/** The `meta` of a page whose loader returns its title in the reader's language. */
export function titleOfPage({ data }: { data: unknown }): MetaDescriptor[] {
  const title =
    typeof data === 'object' && data !== null && 'title' in data && typeof data.title === 'string' ? data.title : '';
  return [{ title: title ? `${title} · Meridian` : 'Meridian' }];
}
