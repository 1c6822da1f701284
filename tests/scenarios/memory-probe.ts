import { createMemoryStore, type MemoryStore } from '../../engine/runtime/memory-store.ts';
import type { StoreProbe } from './world.ts';

/** A store in memory, a fresh one unless told. */
export function createMemoryProbe({ tables, ...stores }: MemoryStore = createMemoryStore()): StoreProbe {
  return {
    stores,
    async cases() {
      return [...tables.cases.values()].map(({ caseId, version, definition }) => ({
        caseId,
        version,
        processKey: definition.key,
      }));
    },
    async rowsOf(caseId) {
      const jobs = [...tables.jobs.values()].filter((row) => row.caseId === caseId).map((row) => row.work);
      const mine = <T extends { readonly caseId: string }>(rows: Iterable<T>) =>
        [...rows].filter((row) => row.caseId === caseId);
      return {
        tasks: mine(tables.tasks.values()).flatMap((row) => (row.status === 'open' ? [row.task.taskId] : [])),
        timers: jobs.flatMap((work) => (work.kind === 'timer' ? [work.timerId] : [])),
        deliveries: jobs.flatMap((work) => (work.kind === 'delivery' ? [work.job.jobId] : [])),
        subscriptions: mine(tables.subscriptions.values()).map((row) => row.subscription.subscriptionId),
        incidents: mine(tables.incidents.values()).map((row) => row.incident.incidentId),
      };
    },
    async due() {
      return [...tables.jobs.values()].map((row) => ({ dueAt: row.dueAt, timer: row.work.kind === 'timer' }));
    },
    keepTime(now) {
      tables.stopwatch = now;
    },
  };
}
