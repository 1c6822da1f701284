import pino from 'pino';

/** The operators' log: one JSON line an event on standard error. Never a form value, a name or an address with an id. */
export type Log = {
  /** Records an unexpected failure. */
  failure(error: unknown, where: Readonly<Record<string, string>>): void;
  notice(message: string, facts?: Readonly<Record<string, string | number | boolean>>): void;
};

/** Messages of library errors may repeat values they choked on; the type and the place in the code are enough. */
function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const code: unknown = Reflect.get(error, 'code');
  const cause = error.cause === undefined ? undefined : describe(error.cause);
  return { type: error.name, code, frames: frames.slice(0, 12).map((line) => line.trim()), cause };
}

/**
 * @param destination where lines go; standard error by default
 * @param mixin what every line says besides, e.g. the request and the trace it belongs to
 */
export function createLog(destination?: pino.DestinationStream, mixin?: () => object): Log {
  const logger = pino(
    { base: undefined, timestamp: pino.stdTimeFunctions.isoTime, ...(mixin && { mixin }) },
    destination ?? pino.destination(2),
  );
  return {
    failure(error, where) {
      logger.error({ ...where, error: describe(error) }, 'unexpected failure');
    },
    notice(message, facts = {}) {
      logger.info(facts, message);
    },
  };
}
