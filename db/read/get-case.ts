import { and, asc, eq } from 'drizzle-orm';
import { type Actor, parseState, replay, type SealedEntry, verifyCase, viewCase } from '../../engine/index.ts';
import type { TenantQueries } from '../connect.ts';
import type { CaseDetail, ChainVerdict, History, HistoryItem } from '../read-models.ts';
import { caseKeys, cases } from '../schema/cases.ts';
import { history } from '../schema/history.ts';
import { toSealedEntry } from '../stores/sealed-entry.ts';
import { isUuid, openIncidents, toCaseRow } from './find-cases.ts';
import { packageByHash } from './get-package.ts';
import { present, type ReadContext } from './read-context.ts';

type CaseName = { readonly tenantId: string; readonly caseId: string };

/** A case with the version of the flow it is pinned to, as its page shows it. */
export async function getCase(
  { database }: ReadContext,
  { tenantId, caseId }: CaseName,
): Promise<CaseDetail | undefined> {
  if (!isUuid(caseId)) return undefined;
  return database.inTenant(tenantId, async (tx) => {
    const row = await caseRow(tx, { tenantId, caseId });
    const pkg = row && (await packageByHash(tx, tenantId, row.processKey, row.definitionHash));
    if (!row || !pkg) return undefined;
    const open = await openIncidents(tx, tenantId, [caseId]);
    return {
      row: toCaseRow(row, open.get(caseId) ?? 0),
      view: viewCase(parseState(row.state)),
      package: pkg,
      version: row.definitionVersion,
    };
  });
}

/** A case's history, opened with its key, with the verdict on its chain and on its stored state. */
export async function listHistory({ database, keyRing }: ReadContext, name: CaseName): Promise<History | undefined> {
  if (!isUuid(name.caseId)) return undefined;
  const stored = await database.inTenant(name.tenantId, async (tx) => {
    const row = await caseRow(tx, name);
    return row && { row, wrapped: await wrappedKey(tx, name), entries: await sealedEntries(tx, name) };
  });
  if (!stored) return undefined;
  const key = stored.wrapped === undefined ? undefined : await keyRing.open(name.tenantId, name.caseId, stored.wrapped);
  const verdict = verifyCase({
    entries: stored.entries,
    storedState: stored.row.state,
    head: stored.row.lastHash,
    ...present('key', key),
  });
  const replayed = replay(stored.entries, key);
  return {
    entries: replayed.entries.map(({ entry }) => toHistoryItem(entry)),
    chain: chainVerdict(verdict.chain, stored.entries),
    replaysToStoredState: verdict.state.status === 'equal',
    stateAt(seq) {
      const at = replayed.entries.find(({ entry }) => entry.header.seq === seq);
      return at && viewCase(at.state);
    },
  };
}

async function caseRow(
  tx: TenantQueries,
  { tenantId, caseId }: CaseName,
): Promise<typeof cases.$inferSelect | undefined> {
  const [row] = await tx
    .select()
    .from(cases)
    .where(and(eq(cases.tenantId, tenantId), eq(cases.caseId, caseId)));
  return row;
}

async function wrappedKey(tx: TenantQueries, { tenantId, caseId }: CaseName): Promise<string | undefined> {
  const [row] = await tx
    .select()
    .from(caseKeys)
    .where(and(eq(caseKeys.tenantId, tenantId), eq(caseKeys.caseId, caseId)));
  return row?.wrappedKey;
}

async function sealedEntries(tx: TenantQueries, { tenantId, caseId }: CaseName): Promise<SealedEntry[]> {
  const rows = await tx
    .select()
    .from(history)
    .where(and(eq(history.tenantId, tenantId), eq(history.caseId, caseId)))
    .orderBy(asc(history.seq));
  return rows.map(toSealedEntry);
}

function chainVerdict(chain: ReturnType<typeof verifyCase>['chain'], entries: readonly SealedEntry[]): ChainVerdict {
  if (!chain.ok) return { status: 'broken', seq: chain.seq, reason: chain.reason };
  return { status: 'intact', entries: entries.length, head: entries.at(-1)?.hash ?? '' };
}

function toHistoryItem(
  entry: Extract<ReturnType<typeof replay>, { ok: true }>['entries'][number]['entry'],
): HistoryItem {
  const { header, events, actor, override, hash } = entry;
  const { seq, recordedAt, occurredAt, command } = header;
  const by: Actor = actor;
  return {
    seq,
    recordedAt,
    occurredAt,
    command,
    actor: by,
    ...present('override', override),
    version: header.definition.version,
    events,
    hash,
  };
}
