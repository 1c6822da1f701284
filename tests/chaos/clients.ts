import { setTimeout as sleep } from 'node:timers/promises';
import { signedIn, type Visitor } from '../http/visitor.ts';
import { flowKey, marks } from './flow.ts';

/** Milliseconds an answer is waited for. What takes longer is asked again. */
export const patience = 15_000;
/** Milliseconds before something is asked again. */
const pause = 200;

/** Whoever works here: charge clerks. */
const people = ['clerk-ma', 'clerk-zhu', 'cs-hu'] as const;

/** A command that was acknowledged. */
export type Acknowledged = {
  readonly kind: 'start' | 'complete';
  readonly caseId: string;
  /** What was handed in. It must be in the case, or the command is lost. */
  readonly said: string;
};

/** What the clients write down. */
export type Notes = {
  readonly acknowledged: Acknowledged[];
  /** Commands that got no answer, or one that leaves open whether they were stored. */
  unknown: number;
  /** Those of them that were answered when they were sent again under their key. */
  resolved: number;
  /** Those of them that stood in the database before they were sent again: the dangerous ones. */
  storedBefore: number;
  /** Answers 503: come again. */
  turnedAway: number;
  /** Milliseconds the slowest answer to a command took. */
  slowestAnswer: number;
  /** Cases that were worked on to their end. */
  finished: number;
  /** What no client should be told. */
  readonly wrong: string[];
};

/** What clients need of the world. */
export type World = {
  readonly notes: Notes;
  /** Address of a node that ought to be there; another at every call. */
  readonly anyNode: () => string;
  /** Whether a request stands in the database. */
  readonly isStored: (by: string, key: string) => Promise<boolean>;
  /** Tasks of a case that are open, so that nobody reads its page in vain. */
  readonly openTasks: (caseId: string) => Promise<readonly string[]>;
  /** Whether no new cases are to be started. */
  readonly isOver: () => boolean;
  /** Aborted when even the patient have waited long enough. */
  readonly end: AbortSignal;
};

/** Somebody in a browser. */
export type Client = { readonly by: string; readonly visitor: Visitor };
type Sent = { readonly path: string; readonly key: string; readonly data: object };

/** Nothing written down yet. */
export function newNotes(): Notes {
  return {
    acknowledged: [],
    unknown: 0,
    resolved: 0,
    storedBefore: 0,
    turnedAway: 0,
    slowestAnswer: 0,
    finished: 0,
    wrong: [],
  };
}

/** Everybody who works here, signed in. */
export function signInAll({ anyNode }: World): Promise<readonly Client[]> {
  return Promise.all(people.map(async (by) => ({ by, visitor: await signedIn({ base: anyNode, patience }, by) })));
}

/** Lets so many clients work on case after case until it is over and each has brought its last to an end. */
export async function letWork(world: World, people: readonly Client[], clients: number): Promise<void> {
  const working = Array.from({ length: clients }, async (_, n) => {
    const client = people[n % people.length];
    for (let round = 1; client && !world.isOver(); round += 1) await workOnCase(world, client, `${n}-${round}`);
  });
  const ended = await Promise.allSettled(working);
  for (const one of ended)
    if (one.status === 'rejected')
      world.notes.wrong.push(one.reason instanceof Error ? one.reason.message : 'a client broke off');
}

/** One case from its start to its last task, as somebody does who sees its page. */
async function workOnCase(world: World, client: Client, name: string): Promise<void> {
  const orderNo = `ORD-${name}`;
  const start = { path: `/start/${flowKey}`, key: `start-${name}`, data: { orderNo } };
  const location = await send(world, client, start);
  const caseId = /^\/(?:tasks|cases)\/([\w-]+)/.exec(location)?.[1];
  if (caseId === undefined)
    throw new Error(`Expected to be led to the case that was started, but was led to ${location}`);
  world.notes.acknowledged.push({ kind: 'start', caseId, said: orderNo });
  const done = new Set<string>();
  while (done.size < marks.length) {
    const isNew = (path: string) => !done.has(path);
    const there = (await world.openTasks(caseId)).map((id) => `/tasks/${caseId}/${id}`);
    const open = there.some(isNew) ? (await tasksOf(world, client, caseId)).filter(isNew) : [];
    for (const path of open) {
      const mark = `${name}-${path.slice(path.lastIndexOf('-') + 1)}`;
      await send(world, client, { path, key: `complete-${mark}`, data: { mark } });
      world.notes.acknowledged.push({ kind: 'complete', caseId, said: mark });
      done.add(path);
    }
    if (open.length === 0) await sleep(pause, undefined, { signal: world.end });
  }
  world.notes.finished += 1;
}

/** Addresses of the tasks of a case the client may work on. */
async function tasksOf({ notes, end }: World, { visitor }: Client, caseId: string): Promise<readonly string[]> {
  for (;;) {
    const answer = await visitor.ask(`/cases/${caseId}`).catch(() => undefined);
    const page = await answer?.text().catch(() => undefined);
    if (answer?.status === 200 && page !== undefined)
      return [...new Set(page.match(new RegExp(`/tasks/${caseId}/[\\w-]+`, 'g')))];
    if (answer?.status === 503) notes.turnedAway += 1;
    else if (answer && answer.status !== 200) notes.wrong.push(`a page was answered with ${answer.status}`);
    await sleep(pause, undefined, { signal: end });
  }
}

/** Sends a command until it is acknowledged, always under its key; gives where it leads. */
async function send(world: World, client: Client, sent: Sent): Promise<string> {
  const { notes, end } = world;
  let isUnknown = false;
  let isCounted = false;
  for (;;) {
    const began = performance.now();
    const said = await sendOnce(client, sent);
    notes.slowestAnswer = Math.max(notes.slowestAnswer, performance.now() - began);
    if (said.as === 'acknowledged') {
      if (isUnknown) notes.resolved += 1;
      return said.location;
    }
    if (said.as === 'wrong') throw new Error(`Expected an acknowledgement, but ${said.what}`);
    if (said.as === 'turned-away') notes.turnedAway += 1;
    if (said.as !== 'not-sent' && !isUnknown) {
      isUnknown = true;
      notes.unknown += 1;
    }
    await sleep(pause, undefined, { signal: end });
    if (isUnknown && !isCounted && (await world.isStored(client.by, sent.key))) {
      isCounted = true;
      notes.storedBefore += 1;
    }
  }
}

type Said =
  | { readonly as: 'acknowledged'; readonly location: string }
  | { readonly as: 'turned-away' | 'no-answer' | 'not-sent' }
  | { readonly as: 'wrong'; readonly what: string };

async function sendOnce({ visitor }: Client, { path, key, data }: Sent): Promise<Said> {
  try {
    await visitor.token();
  } catch {
    return { as: 'not-sent' };
  }
  try {
    const answer = await visitor.post(path, { key, data: JSON.stringify(data) });
    await answer.arrayBuffer();
    return read(answer);
  } catch (error) {
    return { as: wasRefused(error) ? 'not-sent' : 'no-answer' };
  }
}

function read({ status, headers }: Response): Said {
  const location = headers.get('location') ?? '';
  if (status === 302 && !/login|signin/.test(location)) return { as: 'acknowledged', location };
  if (status !== 503) return { as: 'wrong', what: `the answer was ${status} ${location}` };
  return headers.has('retry-after')
    ? { as: 'turned-away' }
    : { as: 'wrong', what: 'was sent away without a time to come again' };
}

/** Whether nobody listened there: nothing was sent. */
function wasRefused(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof Error && Reflect.get(error.cause, 'code') === 'ECONNREFUSED';
}
