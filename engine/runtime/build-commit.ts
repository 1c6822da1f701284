import { canonicalJson } from '../core/canonical-json.ts';
import type { Command } from '../core/command.ts';
import type { Decision } from '../core/decide.ts';
import type { JsonObject } from '../core/json.ts';
import type { CaseState } from '../core/state.ts';
import { currentDecider } from '../replay/behaviour.ts';
import { GENESIS_HASH, sealEntry } from '../replay/seal-entry.ts';
import { rootVariables } from '../replay/view-case.ts';
import { causeOfMessage, causeOfWork } from './cause.ts';
import type { CaseChange, Commit } from './commit.ts';
import { changesOf } from './commit-changes.ts';
import type { Accepted, PublishedVersion } from './engine.ts';
import type { EngineContext } from './engine-context.ts';
import type { CommandRequest, Situation } from './handle-command.ts';
import { isBroadcast } from './job-keys.ts';
import type { CaseKey } from './ports.ts';

/** A decision on its way into the store. */
export type Decided = {
  readonly request: CommandRequest;
  readonly situation: Situation;
  /** The version the entry is decided by: the case's own, or the one it moves to. */
  readonly decidedBy: PublishedVersion;
  readonly command: Command;
  readonly decision: Extract<Decision, { ok: true }>;
  /** The decided state as it is stored. */
  readonly state: string;
  readonly accepted: Accepted;
};

/** A commit to be written, and the case's key as it is stored. */
export type BuiltCommit = { readonly commit: Commit; readonly wrappedKey: string };

/** Makes the one value a store writes: the sealed history entry, the new state, and the rows the effects ask for. */
export async function buildCommit(context: EngineContext, decided: Decided): Promise<BuiltCommit> {
  const { request, situation, decision, accepted } = decided;
  const { tenantId, caseId, at, stored } = situation;
  const { tracer } = context;
  const caseKey = stored
    ? { key: await context.keyRing.open(tenantId, caseId, stored.wrappedKey), wrapped: stored.wrappedKey }
    : await context.keyRing.create(tenantId, caseId);
  const { decidedBy: definition } = decided;
  const entry = seal(context, decided, definition, caseKey.key);
  const changes = changesOf(decision.effects, { tenantId, caseId, at });
  const { uses } = request;
  const commit: Commit = {
    tenantId,
    caseId,
    expectedVersion: accepted.version - 1,
    case: caseChange(decided, definition, stored ? undefined : caseKey.wrapped),
    entry,
    actors: actorsOf(decided),
    ...changes,
    jobs: {
      ...changes.jobs,
      add: [...changes.jobs.add, ...(request.addJobs ?? [])].map((job) => ({
        ...job,
        ...causeOfWork(tracer, job, at),
      })),
    },
    messages: changes.messages.map((message) => ({
      ...message,
      ...causeOfMessage(tracer, isBroadcast(message.messageName)),
    })),
    ...(request.request && { answers: { ...request.request, answer: canonicalJson(accepted) } }),
    ...heldKey(decided),
    ...(uses && { uses: { tenantId: uses.tenantId, jobKey: uses.jobKey, leaseToken: uses.leaseToken } }),
  };
  return { commit, wrappedKey: caseKey.wrapped };
}

/**
 * A case begun by a message with a key holds that key. One begun otherwise holds its business key, where messages may begin such cases and no
 * other holds it: a message about it is then for this case.
 */
function heldKey({ request, situation, decision, command }: Decided): Pick<Commit, 'holds'> {
  if (command.type !== 'StartCase') return {};
  const { processId } = command;
  if (request.startKey !== undefined) return { holds: { processId, correlationKey: request.startKey, ifFree: false } };
  const { businessKey } = decision.state;
  const starts = situation.definition.compiled.processes[processId]?.starts ?? [];
  if (businessKey === undefined || !starts.some(({ kind }) => kind === 'message')) return {};
  return { holds: { processId, correlationKey: businessKey, ifFree: true } };
}

function caseChange(
  { situation, decision, state: text }: Decided,
  definition: PublishedVersion,
  wrapped?: string,
): CaseChange {
  const { state } = decision;
  const patient = patientOf(state);
  return {
    definition,
    status: state.status,
    state: text,
    at: situation.at,
    ...(state.outcome && { outcome: state.outcome }),
    ...(wrapped && { wrappedKey: wrapped }),
    ...(state.businessKey !== undefined && { businessKey: state.businessKey }),
    ...(state.patientKey !== undefined && { patientId: state.patientKey }),
    ...(patient && { patient }),
  };
}

function actorsOf({ command, decision }: Decided): Commit['actors'] {
  const recorded = decision.events.flatMap((event) => {
    if (event.type === 'ActorRecorded') return [{ elementId: event.node, actorId: event.by }];
    const moved = event.type === 'CaseMigrated' ? (event.actors ?? []) : [];
    return moved.flatMap(({ node, persons }) => [...new Set(persons)].map((actorId) => ({ elementId: node, actorId })));
  });
  return command.by.kind === 'person' ? [...recorded, { elementId: '', actorId: command.by.id }] : recorded;
}

function patientOf(state: CaseState): JsonObject | undefined {
  const { patient } = rootVariables(state);
  return isObject(patient) ? patient : undefined;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function seal(
  context: EngineContext,
  { situation, command, decision, accepted }: Decided,
  definition: PublishedVersion,
  key: CaseKey,
): Commit['entry'] {
  const { by: actor } = command;
  const content = {
    tenantId: situation.tenantId,
    caseId: situation.caseId,
    seq: accepted.version,
    recordedAt: command.at,
    occurredAt: command.occurredAt ?? command.at,
    command: { id: command.id, type: command.type },
    actor,
    ...('override' in command && command.override && { override: command.override }),
    definition,
    decidedBy: currentDecider(),
    events: decision.events,
    previousHash: situation.stored?.lastHash ?? GENESIS_HASH,
  };
  return sealEntry(content, key, context.randomness);
}
