/**
 * Pages anybody may see. Everything else needs a session: a route that is forgotten here is closed, not open.
 */
const publicPaths = new Set(['/login', '/signin-required', '/refused', '/language', '/theme.css', '/__manifest']);

/** The page a path belongs to: without the suffix by which a page's data are fetched. */
export function pagePath(pathname: string): string {
  const path = pathname.replace(/\.data$/, '');
  return path === '/_root' ? '/' : path;
}

/** Whether a page may be seen without a session. */
export function isPublicPath(pathname: string): boolean {
  return publicPaths.has(pagePath(pathname));
}
