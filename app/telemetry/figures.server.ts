import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { SpanFacts, SpanName, Tracer } from '../../engine/index.ts';
import { whenDone } from './when-done.ts';

/**
 * What Prometheus reads of this node. Labels are closed sets (kinds, outcomes, installed connectors, parts of the product): no patient, no person, no id of
 * anything.
 */
export type Figures = {
  /** Counts and times the work it is told of. */
  readonly tracer: Tracer;
  /** A statement that wrote so many commits, and the seconds it took. */
  commitsWritten(commits: number, seconds: number): void;
  jobs(what: 'leased' | 'postponed' | 'dropped', kind: string): void;
  incidentRaised(code: string): void;
  /** A call to the database began (1) or ended (-1). */
  calls(pool: 'commits' | 'reads', change: 1 | -1): void;
  /** Figures that are asked for when they are read: what they are now, by name. */
  onRead(name: string, help: string, labels: readonly string[], read: () => Promise<readonly Reading[]>): void;
  read(): Promise<{ readonly contentType: string; readonly body: string }>;
};

/** One value of a figure that is asked for. */
export type Reading = { readonly labels: Readonly<Record<string, string>>; readonly value: number };

/** What is timed: the figure's help, and which facts become labels. */
const families: Readonly<Record<SpanName, { readonly help: string; readonly labels: readonly string[] }>> = {
  request: { help: 'Requests of browsers, without files and live events', labels: ['method', 'area', 'status'] },
  command: { help: 'Commands to cases, with waiting for their turn', labels: ['kind', 'outcome'] },
  decide: { help: 'Decisions on commands', labels: ['command', 'outcome'] },
  commit: { help: 'Commits, with waiting for their batch', labels: ['outcome'] },
  job: { help: 'Due work done: timers, deliveries, messages', labels: ['kind', 'outcome'] },
  delivery: { help: 'Attempts to carry a request to another system', labels: ['connector', 'outcome'] },
};

const secondsOf = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Makes the figures of this process. */
export function createFigures(): Figures {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const written = new Histogram({
    ...{ name: 'meridian_commit_batch_size', help: 'Commits written by one statement', registers },
    buckets: [1, 2, 4, 8, 16, 32, 64],
  });
  const statement = new Histogram({
    ...{ name: 'meridian_commit_statement_seconds', help: 'Statements that write commits', registers },
    buckets: secondsOf,
  });
  const jobs = new Counter({
    ...{ name: 'meridian_jobs_handled_total', help: 'Jobs leased, postponed and dropped by this node', registers },
    labelNames: ['what', 'kind'],
  });
  const incidents = new Counter({
    ...{ name: 'meridian_incidents_raised_total', help: 'Incidents raised by commits of this node', registers },
    labelNames: ['code'],
  });
  const calls = new Gauge({
    ...{
      name: 'meridian_database_calls',
      help: 'Calls to the database under way or waiting for a connection',
      registers,
    },
    labelNames: ['pool'],
  });
  for (const pool of ['commits', 'reads']) calls.set({ pool }, 0);
  return {
    tracer: timingTracer(registry),
    commitsWritten(commits, seconds) {
      written.observe(commits);
      statement.observe(seconds);
    },
    jobs: (what, kind) => jobs.inc({ what, kind }),
    incidentRaised: (code) => incidents.inc({ code }),
    calls: (pool, change) => calls.inc({ pool }, change),
    onRead(name, help, labelNames, read) {
      new Gauge({
        ...{ name, help, registers, labelNames: [...labelNames] },
        async collect() {
          this.reset();
          for (const { labels, value } of await read()) this.set(labels, value);
        },
      });
    },
    async read() {
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
  };
}

function timingTracer(registry: Registry): Tracer {
  const timed = new Map(
    Object.entries(families).map(([name, { help, labels }]) => [
      name,
      new Histogram({
        ...{ name: `meridian_${name}_seconds`, help, labelNames: [...labels] },
        ...{ buckets: secondsOf, registers: [registry] },
      }),
    ]),
  );
  return {
    current: () => undefined,
    span(start, work, told) {
      const began = performance.now();
      const observe = (facts: SpanFacts, at = performance.now()) => {
        const all = { ...start.facts, ...facts };
        const labels = families[start.name].labels.map((label) => [label, String(all[label] ?? 'done')]);
        timed.get(start.name)?.observe(Object.fromEntries(labels), (at - began) / 1_000);
      };
      const failed = () => observe({ outcome: 'failed' });
      try {
        const result = work();
        whenDone(result, (value, at) => observe(told?.(value) ?? {}, at), failed);
        return result;
      } catch (error) {
        failed();
        throw error;
      }
    },
  };
}
