import { contextIn, evaluateFeel, namesReadBy } from './expression.ts';
import type { JsonObject } from './json.ts';
import { emit, type Run } from './run.ts';
import { rootScope } from './scopes.ts';

/** Evaluates the process's patient and business key once they can be known, and again when a variable they read was written. */
export function setCaseKeys(run: Run): void {
  const keys = run.definition.processes[run.draft.processId];
  if (keys?.patientKey === undefined && keys?.businessKey === undefined) return;
  const root = rootScope(run);
  if (root === undefined) return;
  const context = contextIn(run, root);
  const patientKey = keyOf(run, keys.patientKey, run.draft.patientKey, context);
  const businessKey = keyOf(run, keys.businessKey, run.draft.businessKey, context);
  if (patientKey === undefined && businessKey === undefined) return;
  emit(run, {
    type: 'CaseKeysSet',
    ...(patientKey === undefined ? {} : { patientKey }),
    ...(businessKey === undefined ? {} : { businessKey }),
  });
}

function keyOf(
  run: Run,
  feel: string | undefined,
  before: string | undefined,
  context: JsonObject,
): string | undefined {
  if (feel === undefined || (before !== undefined && !wasWritten(run, feel))) return undefined;
  const value = evaluateFeel(run, feel, context);
  if (!value.ok || (typeof value.value !== 'string' && typeof value.value !== 'number')) return undefined;
  const text = String(value.value);
  return text === before ? undefined : text;
}

function wasWritten(run: Run, feel: string): boolean {
  const names = namesReadBy(run, feel);
  return run.events.some(
    (event) => event.type === 'VariablesWritten' && names.some((name) => Object.hasOwn(event.variables, name)),
  );
}
