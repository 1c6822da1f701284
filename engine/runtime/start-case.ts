import type { JsonObject } from '../core/json.ts';
import type { Result } from '../core/rejection.ts';
import type { CompiledDefinition, StartEventInfo } from '../ir/definition.ts';
import type { LoadedDefinition } from './definition-cache.ts';
import type { Engine } from './engine.ts';
import type { EngineContext } from './engine-context.ts';
import type { CommandBody, Situation } from './handle-command.ts';
import { ownForm, validateForm } from './validate-form.ts';

/** What `Engine.start` is asked. */
export type StartRequest = Parameters<Engine['start']>[0];

/** The version a start asks for: the named one, or the current. */
export async function findStartVersion(
  context: EngineContext,
  { tenantId, processKey, version }: StartRequest,
): Promise<Result<LoadedDefinition>> {
  const { definitions } = context;
  const found =
    version === undefined
      ? await definitions.current(tenantId, processKey)
      : await definitions.byVersion(tenantId, processKey, version);
  if (found) return { ok: true, value: found };
  const wanted = version === undefined ? 'a published version' : `version ${version}`;
  const message = `Expected ${wanted} of the flow ${processKey}, but there is none`;
  return { ok: false, rejection: { code: 'definition-not-found', message, params: { processKey } } };
}

/** Makes the command that starts a case: the start form's data are checked, what the host vouches for is laid over them. */
export async function makeStart(
  context: EngineContext,
  situation: Situation,
  request: StartRequest,
): Promise<Result<CommandBody>> {
  const start = findStart(situation.definition.compiled, request);
  if (!start) return startNotFound(request);
  const context_: JsonObject = request.context ?? {};
  const form = ownForm(situation, start.formId) ?? context.forms.plainStartForm?.(situation.definition.compiled);
  const data = await validateForm(context, situation, { form, data: request.variables, input: context_ });
  if (!data.ok) return data;
  const { by, occurredAt, businessKey } = request;
  const { processId, startEventId } = start;
  const variables = { ...data.value, ...context_ };
  return { ok: true, value: { type: 'StartCase', by, occurredAt, processId, startEventId, variables, businessKey } };
}

function findStart(
  definition: CompiledDefinition,
  { processId, startEventId }: StartRequest,
): StartEventInfo | undefined {
  const starts = Object.values(definition.processes).flatMap((process) => process.starts);
  return starts.find(
    (start) =>
      (processId === undefined || start.processId === processId) &&
      (startEventId === undefined ? start.kind === 'none' : start.startEventId === startEventId),
  );
}

function startNotFound({ processKey, processId, startEventId }: StartRequest): Result<never> {
  const where = [processKey, processId, startEventId].filter((part) => part !== undefined).join(' / ');
  return {
    ok: false,
    rejection: { code: 'start-not-found', message: `Expected a start event at ${where}, but there is none` },
  };
}
