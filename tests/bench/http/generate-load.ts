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

/** A process of its own: people at their task pages, each completing the next task as soon as the last is answered. Prints the figures as JSON. */
async function generate({ bases, cases, seconds }: LoadOrder): Promise<void> {
  const visitors = await Promise.all(bases.map((base) => signedIn(base, nurse.id)));
  // The page's token is read before the clock runs.
  await Promise.all(visitors.map((visitor) => visitor.token()));
  const complete = async (caller: number) => {
    const visitor = visitors[caller % visitors.length];
    const one = cases[caller];
    if (!visitor || !one) throw new Error(`Expected a case for caller ${caller}, but there is none`);
    await completeNext(visitor, one);
  };
  const player = { perCall: 1, complete };
  await pressOn(player, cases.length, seconds / 4);
  console.log(JSON.stringify(await pressOn(player, cases.length, seconds)));
}

/** Sends the form of the case's open task, as its page does. */
async function completeNext(visitor: Visitor, one: WardCase): Promise<void> {
  const { caseId, first, step, completed } = one;
  const taskId = `${caseId}-${first + step * completed}`;
  const answer = await visitor.post(`/tasks/${caseId}/${taskId}`, {
    ...{ intent: 'complete', key: `${taskId}-http`, data: JSON.stringify(verified) },
  });
  await answer.arrayBuffer();
  if (answer.status !== 302)
    throw new Error(`Expected task ${taskId} to be completed, but the answer is ${answer.status}`);
  one.completed += 1;
}

const [order = ''] = process.argv.slice(2);
await generate(JSON.parse(order));
