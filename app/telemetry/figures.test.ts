import { expect, test } from 'vitest';
import { createFigures } from './figures.server.ts';
import { readWork } from './read-work.server.ts';

const lineOf = async (figures: ReturnType<typeof createFigures>, start: string) =>
  (await figures.read()).body.split('\n').filter((line) => line.startsWith(start));

test('work is counted by kind and outcome when it is done, failed work too', async () => {
  const figures = createFigures();
  const { span } = figures.tracer;
  const start = { name: 'command', facts: { kind: 'complete', flow: 'a-key-that-is-no-label' } } as const;
  await span(
    start,
    async () => 'x',
    () => ({ outcome: 'accepted' }),
  );
  await span(
    start,
    async () => 'x',
    () => ({ outcome: 'not-eligible' }),
  );
  await expect(span(start, () => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
  expect(() =>
    span({ name: 'decide', facts: { command: 'CompleteTask' } }, () => {
      throw new Error('broken');
    }),
  ).toThrow('broken');
  await Promise.resolve();
  expect(await lineOf(figures, 'meridian_command_seconds_count')).toEqual([
    'meridian_command_seconds_count{kind="complete",outcome="accepted"} 1',
    'meridian_command_seconds_count{kind="complete",outcome="not-eligible"} 1',
    'meridian_command_seconds_count{kind="complete",outcome="failed"} 1',
  ]);
  expect(await lineOf(figures, 'meridian_decide_seconds_count')).toEqual([
    'meridian_decide_seconds_count{command="CompleteTask",outcome="failed"} 1',
  ]);
});

const refuse = () => Promise.reject(new Error('away'));

/** Figures of a hospital whose database answers, or does not. */
function reading(listWorkTopics: () => Promise<readonly { topic: string; jobs: number }[]>) {
  const figures = createFigures();
  readWork(figures, {
    reads: { listWorkQueues: async () => [], listWorkTopics, listIncidentGroups: async () => [] },
    ...{ tenantId: 't', clock: { now: () => '2026-03-02T00:00:00.000Z' }, jobTypes: ['printer.print'] },
    ...{ eventStreams: () => 2, connections: 10 },
  });
  return figures;
}

test('a topic that only a flow’s author knows is no label of its own', async () => {
  const topics = [
    { topic: 'case', jobs: 4 },
    { topic: 'delivery:printer.print', jobs: 3 },
    { topic: 'delivery:张三', jobs: 2 },
    { topic: 'delivery:李四', jobs: 1 },
  ];
  expect(
    await lineOf(
      reading(async () => topics),
      'meridian_topic_jobs',
    ),
  ).toEqual([
    'meridian_topic_jobs{topic="case"} 4',
    'meridian_topic_jobs{topic="delivery:printer.print"} 3',
    'meridian_topic_jobs{topic="delivery:other"} 3',
  ]);
});

test('while the database is away the node’s own figures are there, and say so', async () => {
  const figures = reading(refuse);
  expect(await lineOf(figures, 'meridian_database_up')).toEqual(['meridian_database_up 0']);
  expect(await lineOf(figures, 'meridian_event_streams')).toEqual(['meridian_event_streams 2']);
  expect(await lineOf(figures, 'meridian_topic_jobs')).toEqual([]);
});
