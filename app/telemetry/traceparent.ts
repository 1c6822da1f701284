import type { SpanContext } from '@opentelemetry/api';

const shape = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;
const longest = 200;

/** Reads a W3C `traceparent`; nothing for what is none, as the standard asks. */
export function parseTraceparent(text: string | undefined): SpanContext | undefined {
  const [, traceId, spanId, flags] = (text !== undefined && text.length <= longest && shape.exec(text)) || [];
  if (!traceId || !spanId || !flags || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
}

/** The trace a `traceparent` names, as log lines say it. */
export function traceIdOf(text: string | undefined): string | undefined {
  return parseTraceparent(text)?.traceId;
}

/** Writes one. */
export function printTraceparent({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-0${traceFlags & 1}`;
}
