import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { ownPath } from '../security/own-path.ts';

/** Where requests without a session are led; goes on to the login page and remembers the way back. */
export function loader({ request }: LoaderFunctionArgs) {
  const next = ownPath(new URL(request.url).searchParams.get('next') ?? '/');
  return redirect(next === '/' ? '/login' : `/login?${new URLSearchParams({ next })}`);
}
