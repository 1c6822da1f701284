import { setTimeout as sleep } from 'node:timers/promises';
import { signedIn, type Visitor } from '../../http/visitor.ts';
import { pressOn } from '../storage/load.ts';
import { nurse, verified, type WardCase } from '../storage/ward.ts';

/** What the load generator is told, as JSON, by its one argument. */
export type LoadOrder = {
  /** Addresses of the nodes; callers are dealt out to them. */
  readonly bases: readonly string[];
  /** One case for each caller. */
  readonly cases: readonly WardCase[];
  readonly seconds: number;
};

/** Somebody signed in, with the token of their pages. */
type Nurse = { readonly visitor: Visitor; readonly csrf: string };

/** At least so many seconds of work before anything counts: a node that has just started reads its flows and forms first. */
const shortestWarmUp = 5;
const pauseBeforeRetry = 100;

/** A process of its own: people at their task pages, each completing the next task as soon as the last is answered. Prints the figures as JSON. */
async function generate({ bases, cases, seconds }: LoadOrder): Promise<void> {
  const nurses = await Promise.all(bases.map(signIn));
  let retried = 0;
  const complete = async (caller: number) => {
    const by = nurses[caller % nurses.length];
    const one = cases[caller];
    if (!by || !one) throw new Error(`Expected a case for caller ${caller}, but there is none`);
    // Asked again with the same key, as a page does: the time of the call goes on meanwhile.
    while (!(await completeNext(by, one))) {
      retried += 1;
      await sleep(pauseBeforeRetry);
    }
  };
  const player = { perCall: 1, complete };
  await pressOn(player, cases.length, Math.max(shortestWarmUp, seconds / 4));
  retried = 0;
  console.log(JSON.stringify({ ...(await pressOn(player, cases.length, seconds)), retried }));
}

async function signIn(base: string): Promise<Nurse> {
  const visitor = await signedIn(base, nurse.id);
  return { visitor, csrf: await visitor.token() };
}

/** Sends the form of the case's open task, as its page does; false when the node could not say what came of it. */
async function completeNext({ visitor, csrf }: Nurse, one: WardCase): Promise<boolean> {
  const { caseId, first, step, completed } = one;
  const taskId = `${caseId}-${first + step * completed}`;
  const body = new URLSearchParams({
    ...{ csrf, intent: 'complete', key: `${taskId}-http`, data: JSON.stringify(verified) },
  });
  const answer = await visitor.ask(`/tasks/${caseId}/${taskId}`, { method: 'POST', body });
  await answer.arrayBuffer();
  if (answer.status >= 500) return false;
  if (answer.status !== 302)
    throw new Error(`Expected task ${taskId} to be completed, but the answer is ${answer.status}`);
  one.completed += 1;
  return true;
}

const [order = ''] = process.argv.slice(2);
await generate(JSON.parse(order));
