import { CannotStart } from '../../db/cannot-start.ts';

/** What the codes of the system and of PostgreSQL mean for the one who set DATABASE_URL. */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'no server answers at its host and port',
  ENOTFOUND: 'its host is not known',
  EAI_AGAIN: 'its host could not be looked up',
  EHOSTUNREACH: 'its host cannot be reached',
  ETIMEDOUT: 'its host does not answer',
  CONNECT_TIMEOUT: 'its host does not answer',
  ECONNRESET: 'the server closed the connection',
  CONNECTION_CLOSED: 'the server closed the connection',
  '28P01': 'the server refuses its user or password',
  '28000': 'the server refuses its user',
  '3D000': 'the server has no database of that name',
  '42501': 'its user may not create tables, or the role meridian_app, or take that role on',
  '53300': 'the server has no connection left',
  '57P03': 'the server is starting up or shutting down',
};

/** A failure to connect to or set up the external database, as a sentence. What it does not know it gives back as it is. */
export function explainConnection(error: unknown): unknown {
  const code = error instanceof Error ? codeOf(error) : undefined;
  const reason = code === undefined ? undefined : reasons[code];
  if (reason === undefined) return error;
  const sentence = `Expected setting DATABASE_URL to name a PostgreSQL database Meridian can use, but ${reason} (${code}).`;
  return new CannotStart(sentence, { cause: error });
}

/** The error's own code, or that of what caused it: drizzle wraps what the driver throws, Node what it got from several addresses. */
function codeOf(error: Error): string | undefined {
  const causes = [error, error.cause, ...(error instanceof AggregateError ? error.errors : [])];
  return causes
    .map((one: unknown) => (one instanceof Error && 'code' in one ? String(one.code) : undefined))
    .find((code) => code !== undefined);
}
