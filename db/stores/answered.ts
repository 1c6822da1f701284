import { StoreFailure } from '../../engine/index.ts';
import { DEADLINE, toStoreFailure } from '../store-failures.ts';

/** Milliseconds after which a call is given up, whatever the database or the network does. The server gives up before. */
export const CALL_DEADLINE = 10_000;

/**
 * The answer of a call to the database, or the failure in the engine's terms. A call that is given up may still be carried out: its outcome is
 * unknown. It is not cancelled, because PostgreSQL may confirm a cancelled commit.
 */
export async function answered<T>(call: PromiseLike<T>, deadline: number = CALL_DEADLINE): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreFailure('unknown-outcome', DEADLINE)), deadline);
  });
  try {
    return await Promise.race([call, silence]);
  } catch (error) {
    throw toStoreFailure(error) ?? error;
  } finally {
    clearTimeout(timer);
  }
}
