import { bugsInCommits } from './in-commits.ts';
import { bugsInFlows } from './in-flows.ts';
import { bugsInDeliveries, bugsInWork } from './in-work.ts';
import type { PlantedBug } from './planted-bug.ts';

/** Every planted bug; the simulation must catch each. */
export const plantedBugs: readonly PlantedBug[] = [
  ...bugsInCommits,
  ...bugsInWork,
  ...bugsInDeliveries,
  ...bugsInFlows,
];
