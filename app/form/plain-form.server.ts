import {
  type CompiledDefinition,
  compileOnce,
  type FormDocument,
  type JsonObject,
  type ProcessPackage,
} from '../../engine/index.ts';
import { type PlainTask, plainStartForm, plainTaskForm } from '../../forms/index.ts';

type Published = { readonly hash: string; readonly package: ProcessPackage };

/** The form the server checks a task by that names none, for its page to show. */
export async function plainForm(
  published: Published,
  task: PlainTask['task'],
  known: JsonObject,
): Promise<FormDocument> {
  return plainTaskForm({ definition: await definitionOf(published), task, known });
}

/** The form the server checks a start by that names none; undefined where it asks for nothing. */
export async function plainFormToStart(published: Published): Promise<FormDocument | undefined> {
  const form = plainStartForm(await definitionOf(published));
  return Object.keys(form.schema.properties ?? {}).length > 0 ? form : undefined;
}

async function definitionOf({ package: pkg, hash }: Published): Promise<CompiledDefinition> {
  const { definition } = await compileOnce(pkg, hash);
  if (!definition) throw new Error('Expected a published flow to compile, but it does not');
  return definition;
}
