import { redirect } from '@remix-run/node';

/** The day starts at the inbox. */
export function loader() {
  return redirect('/inbox');
}
