import { emit, type Run } from './run.ts';

/** Puts on record who completed an element, where a separation of duties or an expression of the definition asks for it. */
export function recordActor(run: Run, node: string, by: string): void {
  const { actorsRead } = run.definition;
  if (actorsRead === 'all' || actorsRead.includes(node)) emit(run, { by, node, type: 'ActorRecorded' });
}
