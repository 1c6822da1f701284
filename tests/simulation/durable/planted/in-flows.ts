import { hashPackage, type StoredDefinition } from '../../../../engine/index.ts';
import type { PlantedBug } from './planted-bug.ts';

/** The flow that runs is not the flow that was drawn. */
function otherFlow(name: string, change: (bpmn: string) => string): PlantedBug {
  const changed = (stored: StoredDefinition | undefined): StoredDefinition | undefined => {
    if (!stored) return undefined;
    const pkg = { ...stored.pkg, bpmn: change(stored.pkg.bpmn) };
    return { ...stored, pkg, hash: hashPackage(pkg) };
  };
  return {
    name,
    stores: (memory) => ({
      ...memory,
      definitions: {
        ...memory.definitions,
        current: async (tenantId, key) => changed(await memory.definitions.current(tenantId, key)),
        byVersion: async (tenantId, key, version) =>
          changed(await memory.definitions.byVersion(tenantId, key, version)),
        byHash: async (tenantId, key) => changed(await memory.definitions.current(tenantId, key)),
      },
    }),
  };
}

/** Bugs in what the nodes of a diagram do. */
export const bugsInFlows: readonly PlantedBug[] = [
  otherFlow('a join is passed by everybody who arrives', (bpmn) =>
    bpmn.replaceAll('<bpmn:parallelGateway id="G2"/>', '<bpmn:exclusiveGateway id="G2"/>'),
  ),
  otherFlow('separation of duties is not checked', (bpmn) => bpmn.replaceAll(/ notActorOf="[^"]*"/g, '')),
];
