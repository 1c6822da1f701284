import {
  allConditions,
  type CompiledDefinition,
  conditionsAhead,
  type FormDocument,
  type Json,
  type JsonObject,
  type TaskRecord,
} from '../engine/index.ts';
import {
  type FieldGroup,
  generateForm,
  grouped,
  isGroup,
  type SuggestedField,
  suggestFields,
} from './generate-form.ts';
import { isJsonObject } from './json-shape.ts';

/** A task that names no form, and what its case knows. */
export type PlainTask = {
  readonly definition: CompiledDefinition;
  readonly task: Pick<TaskRecord, 'elementId' | 'name' | 'nameEn'>;
  readonly known: JsonObject;
};

/**
 * The form of a task that names none, enough to work any imported diagram to its end: what the flow's conditions read and
 * the case does not know, and what the conditions ahead of the task read even when it is known, so that a loop can be left.
 * A known value that such a field could not hold is nobody's to overwrite.
 */
export function plainTaskForm({ definition, task, known }: PlainTask): FormDocument {
  const ahead = new Set(suggestFields(conditionsAhead(definition, task.elementId), []).map(({ path }) => path[0]));
  const fields = suggestFields(allConditions(definition), []);
  const groups = grouped(fields).fields;
  const offered = ([name = '']: readonly string[]) =>
    isUnknown(known, name) || (ahead.has(name) && canHold(groups.get(name), known[name]));
  const suggestedFields = fields.filter(({ path }) => offered(path));
  return generateForm({ taskName: task.name, taskNameEn: task.nameEn, suggestedFields });
}

/**
 * The form to start a flow with whose start names none. A flow that brings no forms at all, as flows drawn elsewhere do, is
 * asked for what its conditions read; any other for nothing.
 */
export function plainStartForm(definition: CompiledDefinition): FormDocument {
  const { title, elements } = definition;
  const bringsForms = elements.some(({ formId }) => formId !== undefined);
  const suggestedFields = bringsForms ? [] : suggestFields(allConditions(definition), []);
  if (suggestedFields.length === 0) return { schema: { type: 'object', properties: {} }, ui: {} };
  return generateForm({ taskName: title['zh-CN'], taskNameEn: title.en, suggestedFields });
}

function isUnknown(known: JsonObject, name: string): boolean {
  return !Object.hasOwn(known, name) || known[name] === null;
}

/** Whether writing the field back would lose nothing of the value. */
function canHold(entry: FieldGroup | SuggestedField | undefined, value: Json | undefined): boolean {
  if (entry === undefined) return false;
  if (value === null || value === undefined) return true;
  if (isGroup(entry)) {
    return (
      isJsonObject(value) && Object.entries(value).every(([name, inner]) => canHold(entry.fields.get(name), inner))
    );
  }
  return typeof value === (entry.type === 'boolean' || entry.type === 'number' ? entry.type : 'string');
}
