import { z } from 'zod';
import type { Database } from './connect.ts';

const taken = z.tuple([z.object({ taken: z.boolean() })]);

/**
 * Does the work unless another node is at it; undefined when one is. A node that dies frees its place.
 * @param place any number, the same on every node and another for every kind of work
 */
export async function byOneNode<T>({ raw }: Database, place: number, work: () => Promise<T>): Promise<T | undefined> {
  const session = await raw.reserve();
  try {
    const [got] = taken.parse([...(await session`select pg_try_advisory_lock(${place}) as taken`)]);
    if (!got.taken) return undefined;
    try {
      return await work();
    } finally {
      await session`select pg_advisory_unlock(${place})`;
    }
  } finally {
    session.release();
  }
}
