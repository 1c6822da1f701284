import { isCaseEvent } from './case-event.ts';

/** What a case has passed through: how often each element was completed and each sequence flow taken. Ids are the diagram's. */
export type CaseTrail = {
  readonly completed: Readonly<Record<string, number>>;
  readonly flowsTaken: Readonly<Record<string, number>>;
};

/** The trail of a case from its events, in any number, as the version it is on now calls the elements. The clear ones of the history's headers will do: no key is needed. */
export function trailOf(events: readonly unknown[]): CaseTrail {
  let completed: Record<string, number> = {};
  const flowsTaken: Record<string, number> = {};
  for (const event of events) {
    if (!isCaseEvent(event)) continue;
    if (event.type === 'NodeCompleted') completed[event.node] = (completed[event.node] ?? 0) + 1;
    if (event.type === 'CaseMigrated') completed = renamed(completed, event.elements);
    if (event.type === 'TokenMoved') flowsTaken[event.flow] = (flowsTaken[event.flow] ?? 0) + 1;
  }
  return { completed, flowsTaken };
}

/** Counts under the names the elements have in the version the case moved to. */
function renamed(
  counts: Readonly<Record<string, number>>,
  elements: readonly { readonly from: string; readonly to: string }[],
): Record<string, number> {
  const successor = new Map(elements.map(({ from, to }) => [from, to]));
  const after: Record<string, number> = {};
  for (const [element, count] of Object.entries(counts)) {
    const to = successor.get(element) ?? element;
    after[to] = (after[to] ?? 0) + count;
  }
  return after;
}
