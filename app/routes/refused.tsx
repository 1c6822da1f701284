import type { ActionFunctionArgs } from '@remix-run/node';
import { problem } from '../problem.ts';
import { ErrorPage } from '../ui/error-page.tsx';

/** Where requests turned away before any page (foreign origin, missing token, too large) are answered. */
export function action({ context }: ActionFunctionArgs): never {
  const { refusal } = context;
  if (!refusal) throw problem({ status: 404 });
  throw problem({ status: refusal.status, code: `refused.${refusal.code}`, params: refusal.params });
}

export function loader(): never {
  throw problem({ status: 404 });
}

export default function Refused() {
  return null;
}

export const ErrorBoundary = ErrorPage;
