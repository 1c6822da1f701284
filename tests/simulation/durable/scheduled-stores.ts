import type { KeyRing, Stores } from '../../../engine/index.ts';
import type { CallPoint } from './fault-points.ts';

/** Lets a piece of work wait for its turn. */
export type Ask = <T>(point: CallPoint, about: string, work: () => Promise<T>) => Promise<T>;

/** The stores as one node reaches them: every call waits for its turn. */
export function scheduledStores(stores: Stores, ask: Ask): Stores {
  const { cases, definitions, messages, jobs } = stores;
  return {
    ...stores,
    cases: {
      ...cases,
      load: (query) => ask('cases.load', query.caseId, () => cases.load(query)),
      commit: (commit) => ask('cases.commit', commit.caseId, () => cases.commit(commit)),
      entries: (query) => ask('cases.entries', query.caseId, () => cases.entries(query)),
    },
    definitions: {
      ...definitions,
      current: (tenantId, key) => ask('definitions.current', key, () => definitions.current(tenantId, key)),
      byVersion: (tenantId, key, version) =>
        ask('definitions.byVersion', key, () => definitions.byVersion(tenantId, key, version)),
      byHash: (tenantId, key, hash) => ask('definitions.byHash', key, () => definitions.byHash(tenantId, key, hash)),
    },
    messages: {
      ...messages,
      publish: (message) => ask('messages.publish', message.messageId, () => messages.publish(message)),
      find: (tenantId, id) => ask('messages.find', id, () => messages.find(tenantId, id)),
      correlate: (request) =>
        ask('messages.correlate', `${request.messageName} ${request.correlationKey}`, () =>
          messages.correlate(request),
        ),
      returnUndelivered: (job, options) =>
        ask('messages.returnUndelivered', job.jobKey, () => messages.returnUndelivered(job, options)),
    },
    jobs: {
      ...jobs,
      lease: (request) => ask('jobs.lease', '', () => jobs.lease(request)),
      postpone: (job, dueAt, known) => ask('jobs.postpone', job.jobKey, () => jobs.postpone(job, dueAt, known)),
      drop: (job) => ask('jobs.drop', job.jobKey, () => jobs.drop(job)),
    },
  };
}

/** The key ring as one node reaches it. */
export function scheduledKeys(keys: KeyRing, ask: Ask): KeyRing {
  return {
    create: (tenantId, caseId) => ask('keys.create', caseId, () => keys.create(tenantId, caseId)),
    open: (tenantId, caseId, wrapped) => ask('keys.open', caseId, () => keys.open(tenantId, caseId, wrapped)),
  };
}
