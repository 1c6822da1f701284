import { data, redirect } from '@remix-run/node';
import type { GoOn } from '../ui/go-on.ts';

/**
 * Where a person goes on after a command: a redirect, or, for a page that asks for it with `reply=next`, the place for the page to go to
 * by itself ({@link useGoOn}).
 */
export function leadOn(form: FormData, next: string) {
  return form.get('reply') === 'next' ? data<GoOn>({ next }) : redirect(next);
}
