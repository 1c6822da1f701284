import type { Named, Services } from './services.ts';

const keptMilliseconds = 5_000;
const kept = new WeakMap<Services, { readonly until: number; readonly titles: Promise<ReadonlyMap<string, Named>> }>();

async function read(services: Services): Promise<ReadonlyMap<string, Named>> {
  const flows = await services.readModels.listTitles({ tenantId: services.tenantId });
  return new Map(flows.map((flow) => [flow.key, flow.title]));
}

/** The hospital's flows by key, with their names. Read anew every few seconds, so lists do not ask for each row. */
export async function namedFlows(services: Services): Promise<ReadonlyMap<string, Named>> {
  const known = kept.get(services);
  const fresh = known && known.until > performance.now() ? known : undefined;
  const entry = fresh ?? { until: performance.now() + keptMilliseconds, titles: read(services) };
  kept.set(services, entry);
  try {
    return await entry.titles;
  } catch (error) {
    kept.delete(services);
    throw error;
  }
}

/** Names flows by their key; one that is not there by the key itself. */
export async function flowTitles(services: Services): Promise<(key: string) => Named> {
  const titles = await namedFlows(services);
  return (key) => titles.get(key) ?? { 'zh-CN': key, en: key };
}
