import type { LoaderFunctionArgs } from '@remix-run/node';
import { reportOf } from '../operations/batches/load-batch.server.ts';
import { requireChanger } from '../operations/batches/new-migration.server.ts';
import { requireArea } from '../security/require.server.ts';

export async function loader({ params, context }: LoaderFunctionArgs) {
  requireChanger(context, requireArea(context, 'operations'));
  const headers = {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="batch-${params.id}.csv"`,
  };
  return new Response(await reportOf(context, params.id), { headers });
}
