import type { AppLoadContext } from '@remix-run/node';
import { flowTitles } from '../server/flow-titles.server.ts';
import { elementNames } from './element-names.server.ts';

/** How the hospital's work is doing, with flows and steps by name. */
export async function loadOperations({ services, person }: AppLoadContext) {
  const { readModels, tenantId, clock } = services;
  const now = clock.now();
  const query = { tenantId, now };
  const [queues, incidents, steps, quiet, titles] = await Promise.all([
    readModels.listWorkQueues(query),
    readModels.listIncidentGroups(query),
    readModels.listWaitingSteps(query),
    readModels.listQuietCases(query),
    flowTitles(services),
  ]);
  const nameOf = await elementNames(services, new Set([...incidents, ...steps].map(({ processKey }) => processKey)));
  const named = <T extends { readonly processKey: string; readonly elementId: string }>(row: T) => ({
    ...row,
    flow: titles(row.processKey),
    element: nameOf(row.processKey, row.elementId),
  });
  return {
    now,
    clockAlarms: services.clockAlarms(),
    mayChange: person !== undefined && services.engine.mayChangeCases(person),
    queues,
    incidents: incidents.map(named),
    steps: steps.map(named),
    quiet: quiet.map((row) => ({ ...row, flow: titles(row.processKey) })),
  };
}

/** What the operations room shows. */
export type ShownOperations = Awaited<ReturnType<typeof loadOperations>>;
