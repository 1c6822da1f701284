import { and, asc, eq } from 'drizzle-orm';
import { type KeyRing, type Replay, replay, viewCase } from '../../engine/index.ts';
import type { Database, TenantQueries } from '../connect.ts';
import { proveCase } from '../prove-case.ts';
import type { History, HistoryItem } from '../read-models.ts';
import { caseKeys, cases } from '../schema/cases.ts';
import { history } from '../schema/history.ts';
import { toSealedEntry } from '../stores/sealed-entry.ts';
import { isUuid } from './get-task.ts';

type CaseName = { readonly tenantId: string; readonly caseId: string };

/** A case's history, opened with its key, with the verdict on its chain and on the stored state. A case whose key was erased opens without values. */
export async function listHistory(
  parts: { readonly database: Database; readonly keyRing: KeyRing },
  name: CaseName,
): Promise<History | undefined> {
  if (!isUuid(name.caseId)) return undefined;
  const stored = await parts.database.inTenant(name.tenantId, (tx) => readHistory(tx, name));
  if (!stored) return undefined;
  const { row, entries, wrappedKey } = stored;
  const key = wrappedKey === undefined ? undefined : await parts.keyRing.open(name.tenantId, name.caseId, wrappedKey);
  const replayed = replay(entries, key);
  return {
    entries: replayed.entries.map(({ entry }) => toItem(entry)),
    ...proveCase({ ...row, entries }, key),
    stateAt(seq) {
      const found = replayed.entries.find(({ entry }) => entry.header.seq === seq);
      return found && viewCase(found.state);
    },
  };
}

async function readHistory(tx: TenantQueries, { tenantId, caseId }: CaseName) {
  const [row] = await tx
    .select({ state: cases.state, lastHash: cases.lastHash, version: cases.version })
    .from(cases)
    .where(and(eq(cases.tenantId, tenantId), eq(cases.caseId, caseId)));
  if (!row) return undefined;
  const [key] = await tx
    .select()
    .from(caseKeys)
    .where(and(eq(caseKeys.tenantId, tenantId), eq(caseKeys.caseId, caseId)));
  const rows = await tx
    .select()
    .from(history)
    .where(and(eq(history.tenantId, tenantId), eq(history.caseId, caseId)))
    .orderBy(asc(history.seq));
  return { row, entries: rows.map(toSealedEntry), wrappedKey: key?.wrappedKey };
}

function toItem({ header, events, actor, override, hash }: Replay['entries'][number]['entry']): HistoryItem {
  const { seq, recordedAt, occurredAt, command, definition } = header;
  return {
    ...{ seq, recordedAt, occurredAt, command, actor, events, hash, version: definition.version },
    ...(override && { override }),
  };
}
