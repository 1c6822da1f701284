import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Context, Link, Span, SpanContext } from '@opentelemetry/api';
import type { SpanFacts, SpanName, SpanStart, Tracer } from '../../engine/index.ts';
import { parseTraceparent, printTraceparent } from './traceparent.ts';
import { whenDone } from './when-done.ts';

/** Sends what it follows to a collector of the hospital. */
export type Traces = { readonly tracer: Tracer; close(): Promise<void> };

/** Where traces go: the base address of an OTLP receiver, and the name this product goes by there. */
export type TraceOptions = { readonly endpoint: string; readonly serviceName: string };

/**
 * Follows work as OpenTelemetry spans and sends them by OTLP over HTTP. Loaded only where a receiver is named: elsewhere not even the packages are.
 * What a span stands under is found by the asynchronous context; for a request by the `traceparent` that came with it, for a job by the one in its row.
 */
export async function openTraces({ endpoint, serviceName }: TraceOptions): Promise<Traces> {
  const [api, { BatchSpanProcessor, TracerProvider }, { OTLPTraceExporter }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName, 'service.instance.id': randomUUID() }),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: 1_000 })],
  });
  const spans = provider.getTracer('meridian');
  const underWay = new AsyncLocalStorage<SpanContext>();
  const kinds: Partial<Record<SpanName, number>> = {
    request: api.SpanKind.SERVER,
    job: api.SpanKind.CONSUMER,
    delivery: api.SpanKind.CLIENT,
  };
  const contextOf = ({ name, under }: SpanStart): Context => {
    // A job is nobody's who happens to be at work when it is taken.
    const parent = parseTraceparent(under) ?? (name === 'job' ? undefined : underWay.getStore());
    return parent ? api.trace.setSpanContext(api.ROOT_CONTEXT, parent) : api.ROOT_CONTEXT;
  };
  const begin = (start: SpanStart) =>
    spans.startSpan(
      titleOf(start),
      {
        kind: kinds[start.name] ?? api.SpanKind.INTERNAL,
        attributes: attributesOf(start.name, start.facts),
        links: linksOf(start),
      },
      contextOf(start),
    );
  const end = (span: Span, name: SpanName, facts: SpanFacts) => {
    span.setAttributes(attributesOf(name, facts));
    if (facts.outcome === 'failed' || Number(facts.status ?? 0) >= 500)
      span.setStatus({ code: api.SpanStatusCode.ERROR });
    span.end();
  };
  const tracer: Tracer = {
    current() {
      const context = underWay.getStore();
      return context && printTraceparent(context);
    },
    span(start, work, told) {
      const span = begin(start);
      const failed = () => end(span, start.name, { outcome: 'failed' });
      try {
        const result = underWay.run(span.spanContext(), work);
        whenDone(result, (value) => end(span, start.name, told?.(value) ?? {}), failed);
        return result;
      } catch (error) {
        failed();
        throw error;
      }
    },
  };
  return { tracer, close: () => provider.shutdown() };
}

/** What a span is called: its kind of work, and of which kind. Never an address or an id. */
function titleOf({ name, facts }: SpanStart): string {
  const what = name === 'request' ? [facts.method, facts.area] : [name, facts.kind ?? facts.command ?? facts.connector];
  return what.filter((part) => part !== undefined).join(' ');
}

const standard: Readonly<Record<string, string>> = {
  method: 'http.request.method',
  status: 'http.response.status_code',
};

function linksOf({ link }: SpanStart): Link[] {
  const context = parseTraceparent(link);
  return context ? [{ context }] : [];
}

function attributesOf(name: SpanName, facts: SpanFacts): SpanFacts {
  const named = Object.entries(facts).map(([fact, value]) => [
    (name === 'request' && standard[fact]) || `meridian.${fact}`,
    value,
  ]);
  return Object.fromEntries(named);
}
