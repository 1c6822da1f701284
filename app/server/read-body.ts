import type { IncomingMessage } from 'node:http';

/** Largest request body in bytes. Imported diagrams are the largest thing a page sends. */
export const bodyLimit = 6 * 1024 * 1024;

/**
 * Reads a request's body as a whole.
 * @returns the bytes, or `undefined` when there are more than `limit`; the rest is then left unread.
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size > limit) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
