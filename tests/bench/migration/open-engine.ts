import { createKeyRing } from '../../../db/key-ring.ts';
import {
  anyOfRoles,
  type Clock,
  createEngine,
  createSystemRandomness,
  defaultChangePolicy,
  type Engine,
  type Person,
  type Stores,
} from '../../../engine/index.ts';

/** Whoever does everything here, and the other one who releases it. */
export const [owner, second] = ['po-lu', 'sa-jiang'].map(
  (id): Person => ({
    ...{ kind: 'person', id, name: id, roles: ['process-owner'], department: 'IT' },
    ...{ credentials: [], onDuty: true },
  }),
);

/** Opens the keys of these cases: nobody's secrets. */
export const keyRing = createKeyRing(new Uint8Array(32).fill(7));

/** An engine as a node runs it, without a hospital around it. */
export function openEngine(stores: Stores, clock: Clock): Engine {
  const people = [owner, second].flatMap((one) => one ?? []);
  return createEngine({
    ...{ stores, clock, keyRing, randomness: createSystemRandomness() },
    directory: {
      person: async (_tenantId, id) => people.find((one) => one.id === id),
      peopleOnDuty: async () => people,
      people: async () => people,
    },
    connectors: { find: () => undefined },
    forms: { validate: async ({ data }) => ({ ok: true, data }) },
    changePolicy: { ...defaultChangePolicy, authority: anyOfRoles(['process-owner']) },
  });
}
