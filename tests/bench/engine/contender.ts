import type { Pattern } from './patterns.ts';

/**
 * An engine in the comparison. A case is started, each of its user tasks completed with the pattern's data, and after each the state is saved
 * as text; before the next it is restored from that text and nothing else.
 */
export type Contender = {
  readonly name: string;
  /** Reads the pattern's diagram, once. */
  read(pattern: Pattern): Promise<Rounds>;
};

/**
 * Makes ready to play that many cases; gives what plays them all. Only the latter is measured. Playing throws when a case does not end after
 * exactly the pattern's tasks.
 */
export type Rounds = (cases: number) => () => void | Promise<void>;

/** Holds a contender to its work: without it its time would mean nothing. Thrown when the case did not end as it must. */
export function expectEnded(ended: boolean, completed: number, { name, tasks }: Pattern): void {
  if (!ended || completed !== tasks)
    throw new Error(
      `Expected ${name} to end after ${tasks} tasks, but after ${completed} it is ${ended ? '' : 'not '}ended`,
    );
}
