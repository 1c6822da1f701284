import type { ShippedPackage } from '../../processes/index.ts';
import type { FlowEntry, Services } from '../server/services.ts';

/** Ways into the shipped flows, from what the flows say about themselves. */
export function flowEntries(packages: readonly ShippedPackage[]): Services['flowEntries'] {
  return Object.fromEntries(
    packages.map(({ pkg, meta }): [string, readonly FlowEntry[]] => {
      const { processId, title, summary, starters } = meta;
      return [pkg.key, meta.entries ?? [{ processId, title, summary, starters }]];
    }),
  );
}
