import type { AppLoadContext } from '@remix-run/node';
import { readPublishedDiagram } from '../diagram/read-diagram.server.ts';
import { flowTitles } from '../server/flow-titles.server.ts';
import type { Named, Services } from '../server/services.ts';

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

/** Steps by the names of the flows' current versions; a step an older version had keeps its id. */
async function elementNames(services: Services, keys: ReadonlySet<string>) {
  const { readModels, tenantId } = services;
  const diagrams = new Map(
    await Promise.all(
      [...keys].map(async (key) => {
        const published = await readModels.getPackage({ tenantId, key });
        return [key, published && (await readPublishedDiagram(published.hash, published.package.bpmn))] as const;
      }),
    ),
  );
  return (key: string, elementId: string): Named =>
    diagrams.get(key)?.elements.get(elementId)?.name ?? { 'zh-CN': elementId, en: elementId };
}
