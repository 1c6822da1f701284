import { createRequire } from 'node:module';
import { InvariantError } from '../core/invariant-error.ts';
import type { DecidedBy } from './history-entry.ts';

/**
 * Version of what `decide` does with the same definition, state and command. Raised by one whenever an answer changes;
 * an entry decided by another version is folded all the same, but not decided again.
 */
export const BEHAVIOUR_VERSION = 6;

/** What changed with each version of the behaviour, in one sentence. */
export const BEHAVIOUR_CHANGES: Readonly<Record<number, string>> = {
  1: 'The first.',
  2: 'Who acted is recorded where the definition asks for it, not always.',
  3: 'Data associations are carried out.',
  4: 'Events leave out what nobody asked of a task, and hold what comes from outside with its names in order.',
  5: 'What says the same twice is left out: the result where the case ends, the phase of a token whose task opens.',
  6: 'Undoing a sub-process reads the inputs it ended with, too.',
};

const load = createRequire(import.meta.url);

function versionOf(name: string): string {
  const content: unknown = load(`${name}/package.json`);
  if (typeof content === 'object' && content !== null && 'version' in content) return String(content.version);
  throw new InvariantError(`Expected the package ${name} to have a version, but it has none`);
}

let decider: DecidedBy | undefined;

/** Versions of what decides in this process: recorded in every entry. */
export function currentDecider(): DecidedBy {
  decider ??= {
    behaviour: BEHAVIOUR_VERSION,
    feelin: versionOf('feelin'),
    timeZoneData: process.versions.tz ?? 'unknown',
    xstate: versionOf('xstate'),
  };
  return decider;
}

/** Whether an entry was decided by what decides here, so that deciding again compares like with like. */
export function isSameDecider(a: DecidedBy, b: DecidedBy): boolean {
  return (
    a.behaviour === b.behaviour && a.xstate === b.xstate && a.feelin === b.feelin && a.timeZoneData === b.timeZoneData
  );
}
