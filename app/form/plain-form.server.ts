import type { AppLoadContext } from '@remix-run/node';
import type { FormDocument, JsonObject, ProcessPackage } from '../../engine/index.ts';
import { conditionsOf } from '../diagram/conditions-of.ts';

/** A form for a task that names none: what the diagram's conditions ask for and the case does not know yet. */
export async function plainForm(
  { services }: AppLoadContext,
  pkg: ProcessPackage,
  task: { readonly name: string; readonly nameEn?: string },
  known: JsonObject,
): Promise<FormDocument> {
  const suggestedFields = services.suggestFields(await conditionsOf(pkg), Object.keys(known));
  return services.generateForm({ taskName: task.name, taskNameEn: task.nameEn, suggestedFields });
}

/**
 * A form to start a flow with that brings no forms of its own, as flows drawn elsewhere do: what its conditions ask for.
 * Undefined when they ask for nothing.
 */
export async function plainStartForm(
  { services }: AppLoadContext,
  pkg: ProcessPackage,
): Promise<FormDocument | undefined> {
  if (Object.keys(pkg.forms).length > 0) return undefined;
  const suggestedFields = services.suggestFields(await conditionsOf(pkg), []);
  if (suggestedFields.length === 0) return undefined;
  return services.generateForm({ taskName: pkg.title['zh-CN'], taskNameEn: pkg.title.en, suggestedFields });
}
