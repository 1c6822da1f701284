import type { ReadModels } from '../../db/read-models.ts';
import type { Clock } from '../../engine/index.ts';
import type { Figures, Reading } from './figures.server.ts';

/** Milliseconds for which what was read holds: however often it is asked for, the database is not. */
const keptMilliseconds = 5_000;

type Sources = {
  readonly reads: Pick<ReadModels, 'listWorkQueues' | 'listWorkTopics' | 'listIncidentGroups'>;
  readonly tenantId: string;
  readonly clock: Clock;
  /** Job types of the connectors there are. Any other is one that a flow's author made up. */
  readonly jobTypes: readonly string[];
  readonly eventStreams: () => number;
  readonly connections: number;
};

/** Adds the figures that are asked for when they are read: queues and incidents of the whole hospital, and what this node holds open. */
export function readWork(figures: Figures, sources: Sources): void {
  const work = kept(() => readAll(sources));
  const perQueue = ['kind', 'state'];
  figures.onRead('meridian_queue_jobs', 'Work of the engine by kind, whole hospital', perQueue, async () =>
    (await work()).queues.flatMap(({ kind, waiting, due, retrying, underWay }) =>
      Object.entries({ waiting, due, retrying, under_way: underWay }).map(([state, value]) => ({
        ...{ labels: { kind, state }, value },
      })),
    ),
  );
  figures.onRead('meridian_due_lag_seconds', 'How long the oldest due work is late, by kind', ['kind'], async () =>
    (await work()).queues.map(({ kind, oldestDueAt }) => ({
      labels: { kind },
      value: oldestDueAt ? Math.max(0, Date.parse(sources.clock.now()) - Date.parse(oldestDueAt)) / 1_000 : 0,
    })),
  );
  figures.onRead('meridian_topic_jobs', 'Work by the connector it is for, or case', ['topic'], async () =>
    summed(
      (await work()).topics.map(({ topic, jobs }) => [knownTopic(topic, sources.jobTypes), jobs] as const),
      'topic',
    ),
  );
  figures.onRead('meridian_open_incidents', 'Incidents nobody has dealt with, by cause', ['code'], async () =>
    summed(
      (await work()).incidents.map(({ code, incidents }) => [code, incidents] as const),
      'code',
    ),
  );
  figures.onRead('meridian_database_up', 'Whether the database answered this reading', [], async () => [
    { labels: {}, value: (await work()).up ? 1 : 0 },
  ]);
  figures.onRead('meridian_event_streams', 'Browsers that listen for live changes', [], async () => [
    { labels: {}, value: sources.eventStreams() },
  ]);
  figures.onRead('meridian_database_connections_max', 'Connections of each pool', [], async () => [
    { labels: {}, value: sources.connections },
  ]);
}

const nothing = { up: false, queues: [], topics: [], incidents: [] };

async function readAll({ reads, tenantId, clock }: Sources) {
  const query = { tenantId, now: clock.now() };
  try {
    const [queues, topics, incidents] = await Promise.all([
      reads.listWorkQueues(query),
      reads.listWorkTopics(query),
      reads.listIncidentGroups(query),
    ]);
    return { up: true, queues, topics, incidents };
  } catch {
    // The database is away: the node's own figures are still worth reading, and this one says it.
    return nothing;
  }
}

function kept<T>(read: () => Promise<T>): () => Promise<T> {
  let last: { readonly until: number; readonly value: Promise<T> } | undefined;
  return () => {
    const now = performance.now();
    if (!last || last.until <= now) last = { until: now + keptMilliseconds, value: read() };
    return last.value;
  };
}

function knownTopic(topic: string, jobTypes: readonly string[]): string {
  const [, jobType] = topic.split('delivery:');
  return jobType === undefined || jobTypes.includes(jobType) ? topic : 'delivery:other';
}

function summed(pairs: readonly (readonly [string, number])[], label: string): readonly Reading[] {
  const sums = new Map<string, number>();
  for (const [name, number] of pairs) sums.set(name, (sums.get(name) ?? 0) + number);
  return [...sums].map(([name, value]) => ({ labels: { [label]: name }, value }));
}
