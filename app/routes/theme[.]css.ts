import { themeCss } from '../ui/theme-css.server.tsx';

/** The theme's variables as a style sheet. */
export function loader() {
  return new Response(themeCss(), {
    headers: { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'public, max-age=3600' },
  });
}
