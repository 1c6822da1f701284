import type { Router } from 'express';
import express from 'express';

/** What the readiness check found. */
export type Readiness = { readonly ready: boolean; readonly checks: Readonly<Record<string, 'ok' | string>> };

/**
 * `/health/live`: the process answers. `/health/ready`: it can serve (the database answers; it was migrated before the node listened);
 * 503 with the failing check otherwise. For probes and load balancers; no session, no patient data.
 */
export function healthRoutes(readiness: () => Promise<Readiness>): Router {
  const router = express.Router();
  router.get('/health/live', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'live' });
  });
  router.get('/health/ready', async (_request, response) => {
    const found = await readiness().catch(() => ({ ready: false, checks: { database: 'not reachable' } }));
    response
      .set('Cache-Control', 'no-store')
      .status(found.ready ? 200 : 503)
      .json({ status: found.ready ? 'ready' : 'not ready', checks: found.checks });
  });
  return router;
}
