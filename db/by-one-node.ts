import type postgres from 'postgres';
import { z } from 'zod';
import type { Database } from './connect.ts';

const taken = z.tuple([z.object({ taken: z.boolean() })]);

/**
 * Takes a place for a session, which has it until it gives it back or ends; false when another session has it.
 * @param place any number, the same for everybody and another for every kind of work
 */
export async function takePlace(session: postgres.ISql, place: number): Promise<boolean> {
  const [got] = taken.parse([...(await session`select pg_try_advisory_lock(${place}) as taken`)]);
  return got.taken;
}

/**
 * Does the work unless another node is at it; undefined when one is. A node that dies frees its place.
 * @param place as `takePlace` has it
 */
export async function byOneNode<T>({ raw }: Database, place: number, work: () => Promise<T>): Promise<T | undefined> {
  const session = await raw.reserve();
  try {
    if (!(await takePlace(session, place))) return undefined;
    try {
      return await work();
    } finally {
      await session`select pg_advisory_unlock(${place})`;
    }
  } finally {
    session.release();
  }
}
