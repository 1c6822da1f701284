import type { Container, Model } from '../model.ts';
import type { Game } from './game.ts';

/** Nodes a token came to, and flows one took. */
export function visitedIn(game: Game): ReadonlySet<string> {
  const targets = new Map<string, string>();
  for (const container of containersOf(game.model))
    for (const { outgoing } of container.nodes.values()) for (const { id, target } of outgoing) targets.set(id, target);
  return new Set(
    game.trace.flatMap((line) => {
      const id = line.slice(2);
      return line.startsWith('-') ? [id, targets.get(id) ?? ''] : [id];
    }),
  );
}

function containersOf({ processes }: Model): readonly Container[] {
  const within = (container: Container): readonly Container[] => [
    container,
    ...[...container.nodes.values()].flatMap(({ inner }) => (inner ? within(inner) : [])),
  ];
  return [...processes.values()].flatMap(within);
}
