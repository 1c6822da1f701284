import type { Connector, ConnectorRequest, ConnectorResult } from '../../../../engine/index.ts';
import { inJobs, inMessages, type PlantedBug, rowOf } from './planted-bug.ts';

/** Bugs in leases, retries, messages and deliveries. */
export const bugsInWork: readonly PlantedBug[] = [
  {
    name: 'a timer row is deleted before the commit',
    stores: (memory) => ({
      ...memory,
      cases: {
        ...memory.cases,
        commit: (commit) =>
          memory.cases.commit({ ...commit, uses: commit.uses?.jobKey.startsWith('timer:') ? undefined : commit.uses }),
      },
      jobs: {
        ...memory.jobs,
        async lease(request) {
          const jobs = await memory.jobs.lease(request);
          for (const job of jobs) if (job.work.kind === 'timer') await memory.jobs.drop(job);
          return jobs;
        },
      },
    }),
  },
  inJobs('a lease never ends', ({ jobs }) => ({ lease: (request) => jobs.lease({ ...request, leaseSeconds: 9e6 }) })),
  inJobs('a lease is not written down', (memory) => ({
    async lease(request) {
      const jobs = await memory.jobs.lease(request);
      for (const job of jobs) Object.assign(rowOf(memory, job) ?? {}, { lease: undefined });
      return jobs;
    },
  })),
  inJobs('leases run out by the clock of whoever comes for work', ({ jobs, tables }) => ({
    async lease(request) {
      const { stopwatch } = tables;
      tables.stopwatch = () => Date.parse(request.at);
      try {
        return await jobs.lease(request);
      } finally {
        tables.stopwatch = stopwatch;
      }
    },
  })),
  inJobs('an attempt that was cut off counts as never made', ({ jobs }) => ({
    lease: async (request) => (await jobs.lease(request)).map((job) => ({ ...job, outcomeKnown: true })),
  })),
  inJobs('work is done before it is due', ({ jobs }) => ({
    lease: (request) => jobs.lease({ ...request, at: new Date(Date.parse(request.at) + 3_600_000).toISOString() }),
  })),
  inJobs('what is put off is lost', ({ jobs }) => ({ postpone: (job) => jobs.drop(job) })),
  inJobs('anybody may put work off', (memory) => ({
    async postpone(job, dueAt, outcomeKnown) {
      const row = rowOf(memory, job);
      if (row) Object.assign(row, { dueAt, outcomeKnown, lease: undefined });
    },
  })),
  inJobs('an unknown outcome is put off as a known one', ({ jobs }) => ({
    postpone: (job, dueAt) => jobs.postpone(job, dueAt, true),
  })),
  { name: 'a node that starts takes back the leases of all', returnsLeases: true },
  { name: 'notification is the only wake-up', manner: { pollMs: Number.POSITIVE_INFINITY } },
  {
    name: 'a message is lost that came before its subscription',
    stores: (memory) => ({
      ...memory,
      cases: {
        ...memory.cases,
        commit: (commit) => {
          const add = commit.jobs.add.filter(({ jobKey }) => !jobKey.startsWith('correlate:subscription:'));
          return memory.cases.commit({ ...commit, jobs: { ...commit.jobs, add } });
        },
      },
    }),
  },
  {
    name: 'a message is lost that came after its subscription',
    stores: (memory) => ({
      ...memory,
      jobs: {
        ...memory.jobs,
        async lease(request) {
          const jobs = await memory.jobs.lease(request);
          const lost = jobs.filter(({ jobKey }) => jobKey.startsWith('correlate:message:'));
          for (const job of lost) await memory.jobs.drop(job);
          return jobs.filter((job) => !lost.includes(job));
        },
      },
    }),
  },
  inMessages('a message that comes again is another message', (memory) => {
    let times = 0;
    return {
      publish(message) {
        times += 1;
        return memory.messages.publish({ ...message, messageId: `${message.messageId}/${times}` });
      },
    };
  }),
  inMessages('a message that found nobody is thrown away', ({ jobs }) => ({
    returnUndelivered: (job) => jobs.drop(job),
  })),
  inMessages('a broadcast reaches only the first', ({ messages, tables }) => ({
    async correlate(request) {
      const before = new Set(tables.jobs.keys());
      const made = await messages.correlate(request);
      const fresh = [...tables.jobs].filter(([key, { work }]) => !before.has(key) && work.kind === 'message');
      for (const [key] of fresh.slice(1)) tables.jobs.delete(key);
      return made;
    },
  })),
  inMessages('a message forgets who got it', ({ messages, tables }) => ({
    async correlate(request) {
      for (const row of tables.messages.values()) {
        row.receivers.clear();
        row.status = 'waiting';
      }
      return messages.correlate(request);
    },
  })),
];

function onConnector(name: string, change: (connector: Connector) => Connector): PlantedBug {
  return {
    name,
    bank: (bank) => ({
      connector(jobType) {
        const connector = bank.connector(jobType);
        return connector && change(connector);
      },
    }),
  };
}

/** Bugs in how the outside is spoken to. */
export const bugsInDeliveries: readonly PlantedBug[] = [
  onConnector('another key at every attempt', (connector) => ({
    ...connector,
    perform: (request) => connector.perform({ ...request, key: `${request.key}/${request.attempt}` }),
  })),
  onConnector('a receiver is said to know its keys', (connector) => ({ ...connector, delivery: 'idempotent' })),
  onConnector('silence is taken for a failure', (connector) => ({
    ...connector,
    perform: async (request) => heard(await connector.perform(request)),
  })),
  onConnector('a refund is booked without being made', (connector) => ({
    ...connector,
    perform: async (request: ConnectorRequest) =>
      request.jobType.startsWith('bank.refund') ? { status: 'done', output: {} } : connector.perform(request),
  })),
];

function heard(result: ConnectorResult): ConnectorResult {
  return result.status === 'unknown' ? { status: 'failed', message: 'no answer', retryable: true } : result;
}
