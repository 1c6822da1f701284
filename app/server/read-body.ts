import type { IncomingMessage } from 'node:http';

/** Largest request body in bytes. Imported diagrams are the largest thing a page sends. */
export const bodyLimit = 6 * 1024 * 1024;

/** What is larger still is not even waited for. */
const mostThrownAway = 256 * 1024 * 1024;

/**
 * Reads a request's body as a whole. What is larger than `limit` is not kept but read to its end: a sender that is answered while it sends may find
 * the connection closed and never read why.
 * @returns the bytes, or `undefined` when there are more than `limit`
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size <= limit) chunks.push(bytes);
    else chunks.length = 0;
    if (size > mostThrownAway) break;
  }
  request.resume();
  return size > limit ? undefined : Buffer.concat(chunks);
}
