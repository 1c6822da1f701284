import { problem } from '../problem.ts';
import { ErrorPage } from '../ui/error-page.tsx';

export function loader(): never {
  throw problem({ status: 404 });
}

export function action(): never {
  throw problem({ status: 404 });
}

export default function Nowhere() {
  return null;
}

export const ErrorBoundary = ErrorPage;
