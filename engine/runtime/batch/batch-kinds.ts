import type { Person } from '../../core/actor.ts';
import type { Rejection } from '../../core/rejection.ts';
import { defaultChangePolicy, mayChangeCases } from '../change-policy.ts';
import type { EngineContext } from '../engine-context.ts';
import {
  type CommandBody,
  type CommandRequest,
  handleCommand,
  isPassing,
  type Situation,
  situate,
} from '../handle-command.ts';
import { judgeMigration, makeMigration, unknownVersion } from '../migrate-commands.ts';
import { requestKeyOf } from '../request-key.ts';
import type { Batch, BatchItem, BatchNote, BatchOutcome, BatchVerdict } from './batch.ts';

/** What a case of a batch would become. Nothing changes. */
export async function judgeItem(
  context: EngineContext,
  batch: Batch,
  by: Person,
  item: BatchItem,
): Promise<BatchVerdict> {
  const { tenantId } = batch;
  const { caseId } = item;
  const { case: stored } = await context.stores.cases.load({ tenantId, caseId });
  const situation = await situate(context, { tenantId, caseId }, stored);
  if (!situation.ok) return blockedBy(situation.rejection);
  const { state } = situation.value;
  if (state?.status === 'ended') return blocked({ severity: 'block', code: 'case-ended' });
  switch (batch.work.kind) {
    case 'migrate':
      return judgeMove(context, batch, by, situation.value);
    case 'retry-incidents':
      return judgeRetry(situation.value, item);
    case 'cancel-cases':
      return fine;
  }
}

const fine: BatchVerdict = { verdict: 'ok', notes: [] };

/**
 * A request of unknown outcome is for a person who finds out what became of it: sent again unseen, it might be done twice.
 */
function judgeRetry({ state }: Situation, { subject }: BatchItem): BatchVerdict {
  const open = Object.values(state?.incidents ?? {}).find(({ incident }) => incident.incidentId === subject);
  if (!open) return blocked({ severity: 'block', code: 'incident-not-found' });
  const { code, elementId } = open.incident;
  if (code === 'job-outcome-unknown') return blocked({ severity: 'block', code: 'outcome-unknown', elementId });
  return { verdict: 'ok', notes: [{ severity: 'remark', code: 'sent-again', elementId }] };
}

function blocked(note: BatchNote): BatchVerdict {
  return { verdict: 'blocked', notes: [note] };
}

function blockedBy(rejection: Rejection): BatchVerdict {
  return blocked(noteOf(rejection));
}

/** A refusal as a reason: its own code, or the one its parameters name. */
function noteOf({ code, params }: Rejection): BatchNote {
  const { reason, element, to } = params ?? {};
  return {
    severity: 'block',
    code: typeof reason === 'string' && code === 'migration-refused' ? reason : code,
    ...(typeof element === 'string' ? { elementId: element } : {}),
    ...(typeof to === 'string' ? { to } : {}),
  };
}

async function judgeMove(
  context: EngineContext,
  batch: Batch,
  by: Person,
  situation: Situation,
): Promise<BatchVerdict> {
  const target = await targetOf(context, batch, situation);
  if ('code' in target) return blockedBy(target);
  const verdict = await judgeMigration(context, situation, target.to, { ...target.order, by });
  return 'code' in verdict ? blockedBy(verdict) : verdict;
}

/** The version a batch moves a case to; refused for a case that is no longer on the one it moves from. */
async function targetOf(
  context: EngineContext,
  { tenantId, work, reason, id, releasedBy }: Batch,
  { definition }: Situation,
) {
  if (work.kind !== 'migrate') throw new Error(`Expected a migration, but it is ${work.kind}`);
  const { processKey, from, to: version, mapping, timers } = work;
  if (definition.stored.version !== from) return unknownVersion(processKey, from);
  const to = await context.definitions.byVersion(tenantId, processKey, version);
  if (!to) return unknownVersion(processKey, version);
  return { to, order: { mapping, timers, reason, batch: id, ...(releasedBy === undefined ? {} : { releasedBy }) } };
}

/**
 * Does one case of a batch, by a command with a key of its own: after a crash between its commit and the record of its outcome the same command
 * is answered, not done again. Nothing is returned for what may pass in a moment.
 */
export async function performItem(
  context: EngineContext,
  batch: Batch,
  by: Person | undefined,
  item: BatchItem,
): Promise<BatchOutcome | undefined> {
  if (!by || !mayChangeCases(context.changePolicy ?? defaultChangePolicy, by))
    return { outcome: 'refused', why: { severity: 'block', code: 'not-eligible' } };
  const { tenantId, id } = batch;
  const { caseId, position } = item;
  const request = requestKeyOf({ tenantId, by, key: `batch:${id}:${position}` }, batch.work.kind, {
    caseId,
    batch: id,
  });
  const outcome = await handleCommand(context, {
    tenantId,
    caseId,
    kind: 'batch',

    request,
    make: commandOf(context, batch, by, item),
  });
  if (outcome.status === 'accepted') return { outcome: 'done' };
  if (outcome.status === 'rejected' && !isPassing(outcome.rejection))
    return { outcome: 'refused', why: noteOf(outcome.rejection) };
  return undefined;
}

function commandOf(
  context: EngineContext,
  batch: Batch,
  by: Person,
  { subject = '' }: BatchItem,
): CommandRequest['make'] {
  const { work, reason } = batch;
  const always = (body: CommandBody) => async () => ({ ok: true, value: body }) as const;
  switch (work.kind) {
    case 'retry-incidents':
      return always({ type: 'RetryIncident', by, incidentId: subject });
    case 'cancel-cases':
      return always({ type: 'CancelCase', by, reason });
    case 'migrate':
      return async (situation) => {
        const target = await targetOf(context, batch, situation);
        if ('code' in target) return { ok: false, rejection: target };
        return { ok: true, value: await makeMigration(context, situation, target.to, { ...target.order, by }) };
      };
  }
}
