import type { LoaderFunctionArgs } from '@remix-run/node';
import { problem } from '../problem.ts';
import { requirePerson } from '../security/require.server.ts';

const mostFound = 30;

/** `GET /lookup/<list>?q=`: entries of one of the hospital's code lists, for form fields. Holds no patient data. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  requirePerson(context);
  const { services } = context;
  const text = (new URL(request.url).searchParams.get('q') ?? '').slice(0, 60);
  const name = params.name ?? '';
  const items = await services.lookups.find({ tenantId: services.tenantId, name, text, limit: mostFound });
  if (!items) throw problem({ status: 404 });
  return Response.json({ items });
}
