import { parentPort } from 'node:worker_threads';
import { type Simulation, simulateConformance } from './simulate-conformance.ts';

/** One thread of a simulation: plays what it is sent and answers with what came of it. */
parentPort?.on('message', async (simulation: Simulation) => {
  parentPort?.postMessage(await simulateConformance(simulation));
});
