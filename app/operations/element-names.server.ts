import { readPublishedDiagram } from '../diagram/read-diagram.server.ts';
import type { Named, Services } from '../server/services.ts';

/** Steps by the names of the flows' current versions; a step an older version had keeps its id. */
export async function elementNames(
  { readModels, tenantId }: Services,
  keys: ReadonlySet<string>,
): Promise<(key: string, elementId: string) => Named> {
  const diagrams = new Map(
    await Promise.all(
      [...keys].map(async (key) => {
        const published = await readModels.getPackage({ tenantId, key });
        return [key, published && (await readPublishedDiagram(published.hash, published.package.bpmn))] as const;
      }),
    ),
  );
  return (key, elementId) => diagrams.get(key)?.elements.get(elementId)?.name ?? { 'zh-CN': elementId, en: elementId };
}
