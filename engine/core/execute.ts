import { begin } from './begin.ts';
import { isUndoing, undoNext } from './compensation.ts';
import { complete, leave } from './complete.ts';
import { askConditions } from './conditions.ts';
import { finishOneScope } from './finish-scopes.ts';
import { fireOneJoin } from './joins.ts';
import type { Run, Work } from './run.ts';
import { afterUndoing } from './run-throw.ts';

/** Token steps one command may take; more is a loop without a wait. */
const MOST_STEPS = 10_000;

/** Tokens a case may have. */
const MOST_TOKENS = 1_000;

/** Runs a command's token steps until nothing can move without input from outside. False when a limit was reached. */
export function runToRest(run: Run): boolean {
  for (;;) {
    askConditions(run);
    const work = run.queue.shift();
    if (work) {
      if (!step(run, work)) return false;
    } else if (run.draft.status === 'ended' || !(fireOneJoin(run) || finishOneScope(run))) return true;
  }
}

function step(run: Run, work: Work): boolean {
  run.steps += 1;
  if (run.steps > MOST_STEPS) return false;
  if (!run.draft.tokens[work.token]) return true;
  switch (work.kind) {
    case 'begin':
      begin(run, work.token);
      break;
    case 'complete':
      complete(run, work.token, work.output);
      break;
    case 'leave':
      leave(run, work.token);
      break;
    case 'undo':
      if (!undoNext(run, work.token) && !isUndoing(run, work.token)) afterUndoing(run, work.token);
      break;
  }
  return run.steps % 100 !== 0 || Object.keys(run.draft.tokens).length <= MOST_TOKENS;
}
