import type { Command, CommandType } from '../command.ts';
import type { Rejection, RejectionCode } from '../rejection.ts';
import type { Run } from '../run.ts';

/** Decides one kind of command on a case that is there: nothing when accepted, else why not. Nothing is emitted before it is accepted. */
export type Handler<T extends CommandType> = (
  run: Run,
  command: Extract<Command, { type: T }>,
) => Rejection | undefined;

/** A refusal in the form "Expected …, but …". */
export function reject(
  code: RejectionCode,
  expected: string,
  but: string,
  params?: Readonly<Record<string, string | number>>,
): Rejection {
  return { code, message: `Expected ${expected}, but ${but}`, ...(params ? { params } : {}) };
}

/** Why a person's change of a running case cannot be; `why` names the sentence of the catalogue. */
export function refuseChange(
  why: string,
  expected: string,
  but: string,
  params: Readonly<Record<string, string | number>> = {},
): Rejection {
  return reject('modification-refused', expected, but, { reason: why, ...params });
}
