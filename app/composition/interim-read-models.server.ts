import { and, desc, eq } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import type { ReadModels, TaskListItem } from '../../db/read-models.ts';
import { cases, definitions, tasks } from '../../db/schema/index.ts';
import { createPostgresStores } from '../../db/stores.ts';
import {
  type Clock,
  canonicalJson,
  checkEligibility,
  type Directory,
  type JsonObject,
  type KeyRing,
  parseState,
  replay,
  type TaskRecord,
  verifyChain,
  viewCase,
} from '../../engine/index.ts';

export function createReadModels({
  database,
  keyRing,
  clock,
}: {
  database: Database;
  keyRing: KeyRing;
  directory: Directory;
  clock: Clock;
}): ReadModels {
  const stores = createPostgresStores(database);
  const { inTenant } = database;
  const load = async (tenantId: string, caseId: string) => (await stores.cases.load({ tenantId, caseId })).case;
  const item = (row: typeof tasks.$inferSelect, c: typeof cases.$inferSelect): TaskListItem => {
    const record: TaskRecord = { ...JSON.parse(row.record), assignee: row.assignee ?? undefined };
    return {
      tenantId: row.tenantId,
      caseId: row.caseId,
      task: record,
      processKey: row.processKey,
      businessKey: c.businessKey ?? undefined,
      patientId: c.patientId ?? undefined,
      patient: c.patient ? JSON.parse(c.patient) : undefined,
      overdue: record.dueAt !== undefined && record.dueAt < clock.now(),
    };
  };
  const joined = (tenantId: string) =>
    inTenant(tenantId, (q) =>
      q
        .select()
        .from(tasks)
        .innerJoin(cases, and(eq(cases.caseId, tasks.caseId)))
        .where(eq(tasks.status, 'open')),
    );
  return {
    async listTasks({ tenantId, person, view, search, limit }) {
      const all = [];
      for (const row of await joined(tenantId)) {
        const one = item(row.tasks, row.cases);
        const stored = await load(tenantId, one.caseId);
        if (!stored) continue;
        const state = parseState(stored.state);
        if (checkEligibility(one.task.eligibility, person, state.actors).ok) all.push(one);
      }
      const s = search ?? '';
      const fit = all.filter(
        (one) =>
          !s ||
          one.task.name.includes(s) ||
          one.businessKey?.includes(s) ||
          one.patientId?.includes(s) ||
          String(one.patient?.name ?? '').includes(s),
      );
      const views = {
        mine: fit.filter((o) => o.task.assignee === person.id),
        groups: fit.filter((o) => !o.task.assignee),
        overdue: fit.filter((o) => o.overdue && (!o.task.assignee || o.task.assignee === person.id)),
      };
      return {
        items: views[view].slice(0, limit),
        counts: { mine: views.mine.length, groups: views.groups.length, overdue: views.overdue.length },
      };
    },
    async getTask({ tenantId, caseId, taskId }) {
      const [row] = await inTenant(tenantId, (q) =>
        q
          .select()
          .from(tasks)
          .innerJoin(cases, eq(cases.caseId, tasks.caseId))
          .where(and(eq(tasks.caseId, caseId), eq(tasks.taskId, taskId))),
      );
      return (
        row && {
          ...item(row.tasks, row.cases),
          status: row.tasks.status,
          closedAt: row.tasks.closedAt ?? undefined,
          closedBy: row.tasks.closedBy ?? undefined,
          version: row.cases.version,
        }
      );
    },
    async getCase({ tenantId, caseId }) {
      const [row] = await inTenant(tenantId, (q) => q.select().from(cases).where(eq(cases.caseId, caseId)));
      const stored = row && (await load(tenantId, caseId));
      if (!row || !stored) return undefined;
      const def = await stores.definitions.byHash(tenantId, row.processKey, row.definitionHash);
      if (!def) return undefined;
      const view = viewCase(parseState(stored.state));
      return { row: asRow(row, view.incidents.length), view, package: def.pkg, version: row.definitionVersion };
    },
    async findCases({ tenantId, patientId, processKey, status, text, limit }) {
      const rows = await inTenant(tenantId, (q) => q.select().from(cases).orderBy(desc(cases.caseId)));
      const fit = rows.filter(
        (r) =>
          (!patientId || r.patientId === patientId) &&
          (!processKey || r.processKey === processKey) &&
          (!status || r.status === status) &&
          (!text || [r.caseId, r.businessKey, r.patientId, r.patientName].some((x) => x?.startsWith(text))),
      );
      return { items: fit.slice(0, limit).map((r) => asRow(r, 0)) };
    },
    async listHistory({ tenantId, caseId }) {
      const stored = await load(tenantId, caseId);
      if (!stored) return undefined;
      const entries = await stores.cases.entries({ tenantId, caseId });
      const key = await keyRing.open(tenantId, caseId, stored.wrappedKey);
      const chain = verifyChain(entries, { head: stored.lastHash });
      const r = replay(entries, key);
      return {
        entries: r.entries.map(({ entry }) => ({
          seq: entry.header.seq,
          recordedAt: entry.header.recordedAt,
          occurredAt: entry.header.occurredAt,
          command: entry.header.command,
          actor: entry.actor,
          override: entry.override,
          version: entry.header.definition.version,
          events: entry.events,
          hash: entry.hash,
        })),
        chain: chain.ok
          ? { status: 'intact', entries: entries.length, head: stored.lastHash }
          : { status: 'broken', seq: 1, reason: 'x' },
        replaysToStoredState: r.ok && canonicalJson(r.state) === stored.state,
        stateAt: (seq) => {
          const at = r.entries[seq - 1];
          return at && viewCase(at.state);
        },
      };
    },
    async listDefinitions({ tenantId }) {
      const rows = await inTenant(tenantId, (q) => q.select().from(definitions));
      const newest = new Map<string, typeof definitions.$inferSelect>();
      for (const r of rows) if ((newest.get(r.key)?.version ?? 0) < r.version) newest.set(r.key, r);
      return [...newest.values()].map((r) => ({
        key: r.key,
        version: r.version,
        hash: r.hash,
        title: JSON.parse(r.content).title,
        publishedAt: r.publishedAt,
        publishedBy: r.publishedBy,
        approvedBy: r.approvedBy ?? undefined,
        runningCases: [],
      }));
    },
    async getPackage({ tenantId, key, version }) {
      const d =
        version === undefined
          ? await stores.definitions.current(tenantId, key)
          : await stores.definitions.byVersion(tenantId, key, version);
      return d && { package: d.pkg, version: d.version, hash: d.hash };
    },
    async listIncidents() {
      return { items: [] };
    },
  };
}

function asRow(r: typeof cases.$inferSelect, openIncidents: number) {
  const patient: JsonObject | undefined = r.patient ? JSON.parse(r.patient) : undefined;
  return {
    tenantId: r.tenantId,
    caseId: r.caseId,
    processKey: r.processKey,
    version: r.definitionVersion,
    definitionHash: r.definitionHash,
    businessKey: r.businessKey ?? undefined,
    patientId: r.patientId ?? undefined,
    patient,
    status: r.status,
    outcome: r.outcome ?? undefined,
    startedAt: r.startedAt,
    lastAt: r.lastAt,
    endedAt: r.endedAt ?? undefined,
    openIncidents,
  };
}
