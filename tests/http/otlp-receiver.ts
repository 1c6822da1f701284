import { createServer } from 'node:http';
import { z } from 'zod';

const value = z.looseObject({
  stringValue: z.string().optional(),
  intValue: z.union([z.number(), z.string()]).optional(),
});
const attributes = z.array(z.object({ key: z.string(), value })).default([]);
const sent = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
              name: z.string(),
              links: z.array(z.object({ traceId: z.string(), spanId: z.string() })).default([]),
              attributes,
            }),
          ),
        }),
      ),
    }),
  ),
});

/** A span as it was received: its attributes by name, and the process it is of. */
export type ReceivedSpan = {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string | undefined;
  readonly name: string;
  /** Spans it follows from without standing under them. */
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly facts: Readonly<Record<string, string>>;
  readonly process: string;
};

/** A receiver of OTLP over HTTP in this process. */
export async function startReceiver() {
  const bodies: string[] = [];
  const paths = new Set<string>();
  const server = createServer((request, response) => {
    paths.add(request.url ?? '');
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString());
      response.setHeader('Content-Type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Expected a TCP port, but got none.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    /** Everything that was received, as text. */
    text: () => bodies.join('\n'),
    paths: () => [...paths],
    /** The spans so far. */
    spans: (): readonly ReceivedSpan[] => bodies.flatMap(spansIn),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

function spansIn(body: string): readonly ReceivedSpan[] {
  return sent.parse(JSON.parse(body)).resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const process = named(resource.attributes)['service.instance.id'] ?? '';
    return scopeSpans.flatMap(({ spans }) =>
      spans.map(({ attributes: facts, ...span }) => ({ ...span, process, facts: named(facts) })),
    );
  });
}

function named(list: z.infer<typeof attributes>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    list.map(({ key, value: { stringValue, intValue } }) => [key, stringValue ?? String(intValue ?? '')]),
  );
}
