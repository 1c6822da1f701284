import { checkEligibility } from '../core/check-eligibility.ts';
import { decide } from '../core/decide.ts';
import type { Json, JsonObject } from '../core/json.ts';
import type { Modification } from '../core/modification.ts';
import { placesOf } from '../core/modify/places.ts';
import { type ChangePreview, openThings, previewChange } from '../core/modify/preview-change.ts';
import type { Result } from '../core/rejection.ts';
import type { CaseState } from '../core/state.ts';
import type { CompiledDefinition } from '../ir/definition.ts';
import { defaultChangePolicy } from './change-policy.ts';
import { checkInput } from './check-input.ts';
import type { ChangeableCase, Engine, Request } from './engine.ts';
import type { EngineContext } from './engine-context.ts';
import { type CommandBody, type Situation, situate } from './handle-command.ts';

/** What `Engine.modifyCase` is asked. */
export type ModificationRequest = Parameters<Engine['modifyCase']>[0];

/** Makes the command that changes a running case. */
export function makeModification(
  context: EngineContext,
  { by, operations, reason, occurredAt }: Omit<ModificationRequest, keyof Request> & Pick<Request, 'by' | 'occurredAt'>,
): Result<CommandBody> {
  const { authority } = context.changePolicy ?? defaultChangePolicy;
  for (const operation of operations) {
    const refusal = operation.kind === 'set-variables' ? checkInput(operation.variables) : undefined;
    if (refusal) return { ok: false, rejection: refusal };
  }
  return { ok: true, value: { type: 'ModifyCase', by, operations, reason, authority, occurredAt } };
}

/** What a change would close and open: the decision itself, not kept. */
export async function previewModification(
  context: EngineContext,
  { tenantId, caseId, ...request }: Parameters<Engine['previewModification']>[0],
): Promise<Result<ChangePreview>> {
  const { case: stored } = await context.stores.cases.load({ tenantId, caseId });
  const situation = await situate(context, { tenantId, caseId }, stored);
  if (!situation.ok) return situation;
  // A reason is asked for when it is done.
  const body = makeModification(context, { ...request, caseId, reason: 'preview' });
  return body.ok ? preview(situation.value, body.value) : body;
}

function preview({ caseId, at, state, definition }: Situation, body: CommandBody): Result<ChangePreview> {
  const decision = decide(definition.compiled, state ?? null, { ...body, id: 'dry-run', caseId, at });
  if (!decision.ok) return decision;
  const nothing = { closes: [], opens: [], ends: false };
  return { ok: true, value: state ? previewChange(state, decision.state) : nothing };
}

/** What of a case can be changed. Somebody who may not is told so as the command would. */
export async function changeableCase(
  context: EngineContext,
  { tenantId, by, caseId }: Parameters<Engine['changeable']>[0],
): Promise<Result<ChangeableCase>> {
  const verdict = checkEligibility((context.changePolicy ?? defaultChangePolicy).authority, by, {});
  if (!verdict.ok) return verdict;
  const { case: stored } = await context.stores.cases.load({ tenantId, caseId });
  const situation = await situate(context, { tenantId, caseId }, stored);
  if (!situation.ok) return situation;
  const { state, definition } = situation.value;
  if (!state || state.status === 'ended')
    return { ok: false, rejection: { code: 'case-ended', message: 'Expected a running case, but it has ended' } };
  const { compiled } = definition;
  const value = {
    version: stored?.version ?? 0,
    open: openThings(state),
    scopes: scopesOf(state, compiled),
    places: placesOf(compiled),
  };
  return { ok: true, value };
}

function scopesOf({ scopes }: CaseState, compiled: CompiledDefinition): ChangeableCase['scopes'] {
  const several = (definition: string) =>
    Object.values(scopes).filter((one) => one.definition === definition).length > 1;
  return Object.entries(scopes).flatMap(([n, { definition, instance }]) => {
    if (instance === undefined && !several(definition)) return [];
    const elementId = compiled.scopes[definition]?.elementId ?? definition;
    return [{ n: Number(n), elementId, ...(instance === undefined ? {} : { run: instance + 1 }) }];
  });
}

/** The operations as what a request is remembered by. */
export function askedOperations(operations: readonly Modification[]): JsonObject {
  const list: readonly Json[] = operations.map((operation) => ({ ...operation }));
  return { operations: list };
}
