import type { LoaderFunctionArgs } from '@remix-run/node';
import { requireArea } from '../security/require.server.ts';

export function loader({ context }: LoaderFunctionArgs) {
  requireArea(context, 'inbox');
  return null;
}

export default function Inbox() {
  return <h1>Inbox</h1>;
}
