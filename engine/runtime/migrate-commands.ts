import { canonicalJson } from '../core/canonical-json.ts';
import { decideMigration } from '../core/decide.ts';
import { actorsAskedAnew, checkMigration } from '../core/migrate/check-migration.ts';
import { mappableElements, proposeMapping } from '../core/migrate/mapping.ts';
import { type MigrationNote, type MigrationVerdict, verdictOf } from '../core/migrate/verdict.ts';
import type { Rejection, Result } from '../core/rejection.ts';
import type { CaseState } from '../core/state.ts';
import { whoDidWhat } from '../replay/who-did-what.ts';
import { defaultChangePolicy } from './change-policy.ts';
import type { LoadedDefinition } from './definition-cache.ts';
import type { Engine, MigrationProposal } from './engine.ts';
import type { EngineContext } from './engine-context.ts';
import { type CommandBody, calendarFor, type Situation } from './handle-command.ts';

/** What a migration of one case is made from. */
export type MigrationOrder = Pick<Parameters<Engine['migrateCase']>[0], 'by' | 'mapping' | 'timers' | 'reason'> & {
  readonly batch?: string;
  readonly releasedBy?: string;
};

type MigrateBody = Extract<CommandBody, { type: 'MigrateCase' }>;

/** Two versions of a flow and what the system would map: the ground a person edits a mapping on. */
export async function proposeMigration(
  context: EngineContext,
  { tenantId, processKey, from, to }: Parameters<Engine['proposeMigration']>[0],
): Promise<Result<MigrationProposal>> {
  const old = await context.definitions.byVersion(tenantId, processKey, from);
  const now = await context.definitions.byVersion(tenantId, processKey, to);
  if (!old || !now || from === to) return { ok: false, rejection: unknownVersion(processKey, old ? to : from) };
  return {
    ok: true,
    value: {
      from: { version: from, hash: old.stored.hash },
      to: { version: to, hash: now.stored.hash },
      pairs: proposeMapping(old.compiled, now.compiled),
      successors: mappableElements(now.compiled),
    },
  };
}

/** The refusal of a version there is not. */
export function unknownVersion(processKey: string, version: number): Rejection {
  const message = `Expected version ${version} of ${processKey} beside the other, but there is none`;
  return { code: 'definition-not-found', message, params: { version } };
}

/** Makes the command that moves a case to a version by its number. */
export async function makeMigrationTo(
  context: EngineContext,
  situation: Situation,
  request: Parameters<Engine['migrateCase']>[0],
): Promise<Result<CommandBody>> {
  const { tenantId, toVersion } = request;
  const { key } = situation.definition.stored;
  const to = await context.definitions.byVersion(tenantId, key, toVersion);
  if (!to) return { ok: false, rejection: unknownVersion(key, toVersion) };
  return { ok: true, value: await makeMigration(context, situation, to, request) };
}

/** Makes the command that moves a case to another version. What only that version asks about the past is looked up in the history. */
export async function makeMigration(
  context: EngineContext,
  { tenantId, caseId, definition }: Situation,
  to: LoadedDefinition,
  order: MigrationOrder,
): Promise<MigrateBody> {
  const { by, mapping, timers, reason, batch, releasedBy } = order;
  const { authority } = context.changePolicy ?? defaultChangePolicy;
  const anew = actorsAskedAnew({ from: definition.compiled, to: to.compiled, mapping });
  const entries = anew.length > 0 ? await context.stores.cases.entries({ tenantId, caseId }) : [];
  const actors = anew.length > 0 ? whoDidWhat(entries.map(({ header }) => header)) : undefined;
  return {
    ...{ type: 'MigrateCase', by, mapping, timers, reason, authority },
    to: { hash: to.stored.hash, version: to.stored.version },
    changedForms: changedForms(definition, to),
    ...(actors && { actors }),
    ...(batch !== undefined && { batch }),
    ...(releasedBy !== undefined && { releasedBy }),
  };
}

/** What would become of a case: the plan's reasons, and what the decision itself brings to light. */
export async function judgeMigration(
  context: EngineContext,
  situation: Situation,
  to: LoadedDefinition,
  order: MigrationOrder,
): Promise<MigrationVerdict | Rejection> {
  const { tenantId, caseId, at, state, definition } = situation;
  if (!state) return { code: 'case-not-found', message: `Expected a case ${caseId}, but there is none` };
  const body = await makeMigration(context, situation, to, order);
  const facts = { timers: body.timers, changedForms: body.changedForms, actorsKnown: true };
  const checked = checkMigration(state, definition.compiled, to.compiled, body.mapping, facts);
  if (checked.verdict === 'blocked') return checked;
  const calendar = await calendarFor(context, tenantId, to.compiled);
  const command = { ...body, id: 'dry-run', caseId, at, ...calendar };
  const decision = decideMigration(definition.compiled, to.compiled, state, command);
  return decision.ok ? verdictOf([...checked.notes, ...brought(state, decision.state)]) : decision.rejection;
}

/** What comes to light only when it is decided: the case goes on at once, or stops. */
function brought(before: CaseState, after: CaseState): readonly MigrationNote[] {
  const known = new Set(Object.values(before.incidents).map(({ incident }) => `${incident.code} ${incident.message}`));
  const incidents = Object.values(after.incidents).filter(
    ({ incident }) => !known.has(`${incident.code} ${incident.message}`),
  );
  const moved = Object.entries(before.tokens).filter(([n]) => !after.tokens[n]);
  return [
    ...incidents.map(({ node }) => ({ severity: 'remark', code: 'incident', elementId: node }) as const),
    ...moved.map(([, { node }]) => ({ severity: 'remark', code: 'goes-on', elementId: node }) as const),
  ];
}

const compared = new WeakMap<LoadedDefinition, WeakMap<LoadedDefinition, readonly string[]>>();

/** Forms of both versions whose content is not the same. Asked for every case, so it is kept with the versions. */
function changedForms(from: LoadedDefinition, to: LoadedDefinition): readonly string[] {
  const known = compared.get(from) ?? new WeakMap<LoadedDefinition, readonly string[]>();
  compared.set(from, known);
  const found = known.get(to) ?? compareForms(from, to);
  known.set(to, found);
  return found;
}

function compareForms(
  { stored: { pkg: old } }: LoadedDefinition,
  { stored: { pkg: now } }: LoadedDefinition,
): string[] {
  return Object.keys(old.forms).filter((id) => canonicalJson(old.forms[id]) !== canonicalJson(now.forms[id] ?? null));
}
