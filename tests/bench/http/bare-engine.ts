import { createKeyRing } from '../../../db/key-ring.ts';
import {
  createEngine,
  createSystemClock,
  createSystemRandomness,
  type Engine,
  type Stores,
} from '../../../engine/index.ts';
import { createFormValidator } from '../../../forms/index.ts';
import { nurse } from '../storage/ward.ts';

/** An engine as a node has it, with nobody but the nurse in the directory. */
export function openBareEngine(stores: Stores, masterKey: Uint8Array): Engine {
  return createEngine({
    stores,
    clock: createSystemClock(),
    randomness: createSystemRandomness(),
    keyRing: createKeyRing(masterKey),
    directory: { person: async () => nurse, peopleOnDuty: async () => [nurse], people: async () => [nurse] },
    connectors: { find: () => undefined },
    forms: createFormValidator(),
  });
}
