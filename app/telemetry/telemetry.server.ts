import type { Tracer } from '../../engine/index.ts';
import { createFigures, type Figures } from './figures.server.ts';
import { openTraces } from './traces.server.ts';

/** What operators read of this node: figures always, traces where the hospital named a receiver. */
export type Telemetry = {
  readonly figures: Figures;
  readonly tracer: Tracer;
  close(): Promise<void>;
};

/** @param tracesTo base address of an OTLP receiver */
export async function openTelemetry(tracesTo: string | undefined): Promise<Telemetry> {
  const figures = createFigures();
  if (tracesTo === undefined) return { figures, tracer: figures.tracer, close: async () => {} };
  const traces = await openTraces({ endpoint: tracesTo, serviceName: 'meridian' });
  return { figures, tracer: both(figures.tracer, traces.tracer), close: traces.close };
}

/** Two who follow the same work; the second knows its trace. */
function both(first: Tracer, second: Tracer): Tracer {
  return {
    span: (start, work, told) => first.span(start, () => second.span(start, work, told), told),
    current: () => second.current(),
  };
}
