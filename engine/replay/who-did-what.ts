import { isCaseEvent } from './case-event.ts';
import type { HistoryHeader } from './history-entry.ts';

/**
 * Who completed which user task, and who began the case under its start event, from the clear headers of a history: for elements the state was not
 * asked to remember. Elements are those of the version the case is on after the last header.
 */
export function whoDidWhat(
  headers: readonly Pick<HistoryHeader, 'actor' | 'events'>[],
): Record<string, readonly string[]> {
  let actors: Record<string, readonly string[]> = {};
  let open: Record<number, string> = {};
  const did = (element: string | undefined, by: string) => {
    if (element !== undefined) actors[element] = [...(actors[element] ?? []), by];
  };
  for (const [index, { actor, events }] of headers.entries()) {
    const known = events.filter(isCaseEvent);
    const began =
      index === 0 && actor.kind === 'person' ? known.find(({ type }) => type === 'NodeCompleted') : undefined;
    if (began?.type === 'NodeCompleted') did(began.node, actor.id);
    for (const event of known) {
      if (event.type === 'TaskOpened') open[event.n] = event.owner.node;
      else if (event.type === 'TaskClosed' && event.outcome === 'completed' && event.by !== undefined)
        did(open[event.n], event.by);
      else if (event.type === 'CaseMigrated') {
        const renamed = new Map(event.elements.map(({ from, to }) => [from, to]));
        open = Object.fromEntries(Object.entries(open).map(([n, node]) => [n, renamed.get(node) ?? node]));
        actors = renameKeys(actors, renamed);
      }
    }
  }
  return actors;
}

function renameKeys(
  actors: Readonly<Record<string, readonly string[]>>,
  renamed: ReadonlyMap<string, string>,
): Record<string, readonly string[]> {
  const after: Record<string, readonly string[]> = {};
  for (const [element, persons] of Object.entries(actors)) {
    const to = renamed.get(element) ?? element;
    after[to] = [...(after[to] ?? []), ...persons];
  }
  return after;
}
