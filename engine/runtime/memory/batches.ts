import type { Batch, BatchCounts, BatchItem, BatchStore } from '../batch/batch.ts';
import { batchLanes } from '../batch/batch.ts';
import { addJob, rowKey, type Tables } from './tables.ts';

/** Batches in memory. */
export function createMemoryBatches(tables: Tables): BatchStore {
  const itemsOf = (tenantId: string, id: string) => tables.batchItems.get(rowKey(tenantId, id)) ?? [];
  return {
    async create(batch, targets, jobs) {
      const key = rowKey(batch.tenantId, batch.id);
      if (tables.batches.has(key)) return false;
      tables.batches.set(key, batch);
      tables.batchItems.set(
        key,
        targets.map((target, index) => ({ ...target, position: index + 1 })),
      );
      for (const job of jobs) addJob(tables, batch.tenantId, job);
      return true;
    },
    async find(tenantId, id) {
      return tables.batches.get(rowKey(tenantId, id));
    },
    async list(tenantId, limit) {
      const mine = [...tables.batches.values()].filter((batch) => batch.tenantId === tenantId);
      return mine
        .toReversed()
        .slice(0, limit)
        .map((batch) => ({ ...batch, counts: countsOf(itemsOf(tenantId, batch.id)) }));
    },
    async counts(tenantId, id) {
      return countsOf(itemsOf(tenantId, id));
    },
    async change(before, { state, phase, round, releasedBy, withdrawnBy, endedAt }, jobs) {
      const key = rowKey(before.tenantId, before.id);
      const found = tables.batches.get(key);
      if (!found || found.state !== before.state || found.round !== before.round) return false;
      const after: Batch = {
        ...found,
        state,
        phase,
        round,
        ...(releasedBy && { releasedBy }),
        ...(withdrawnBy && { withdrawnBy }),
        ...(endedAt && { endedAt }),
      };
      tables.batches.set(key, after);
      for (const job of jobs) addJob(tables, before.tenantId, job);
      return true;
    },
    async pending({ tenantId, id, phase, lane, limit }) {
      return itemsOf(tenantId, id)
        .filter((item) => (lane === undefined || item.position % batchLanes === lane) && isPending(item, phase))
        .slice(0, limit);
    },
    async record(tenantId, id, results) {
      const byPosition = new Map(results.map((result) => [result.position, result]));
      const key = rowKey(tenantId, id);
      tables.batchItems.set(
        key,
        itemsOf(tenantId, id).map((item) => ({ ...item, ...byPosition.get(item.position) })),
      );
    },
    async items({ tenantId, id, verdict, outcome, after = 0, limit }) {
      return itemsOf(tenantId, id)
        .filter((item) => item.position > after)
        .filter((item) => verdict === undefined || item.verdict === verdict)
        .filter((item) => outcome === undefined || item.outcome === outcome)
        .slice(0, limit);
    },
    async runningCases({ tenantId, processKey, version }) {
      return [...tables.cases.values()]
        .filter((one) => one.tenantId === tenantId && one.status === 'active')
        .filter(({ definition }) => definition.key === processKey && definition.version === version)
        .map(({ caseId }) => caseId)
        .sort();
    },
  };
}

function isPending({ verdict, outcome }: BatchItem, phase: Batch['phase']): boolean {
  return phase === 'check' ? verdict === undefined : outcome === undefined && verdict !== 'blocked';
}

function countsOf(items: readonly BatchItem[]): BatchCounts {
  const count = (which: (item: BatchItem) => boolean) => items.filter(which).length;
  return {
    total: items.length,
    ok: count(({ verdict }) => verdict === 'ok'),
    noted: count(({ verdict }) => verdict === 'ok-with-note'),
    blocked: count(({ verdict }) => verdict === 'blocked'),
    done: count(({ outcome }) => outcome === 'done'),
    refused: count(({ outcome }) => outcome === 'refused'),
  };
}
