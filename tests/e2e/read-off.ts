import type { Json, JsonObject } from '../../engine/index.ts';
import { isList, isObject } from '../scenarios/scenario-values.ts';
import type { ShownTask } from './hospital.ts';

/**
 * What people read off the tables of a task's screen under the names the flow has for it: the packs a sale handed out, the
 * codes to scan while picking, the dose in the nurse's hand.
 */
export function readOffScreen({ data }: ShownTask): JsonObject {
  const { executionId, dose } = firstRow(data.doseView);
  const codes = rowsOf(data.pickView).flatMap(({ traceCodes }) => String(traceCodes).split(' '));
  return {
    ...(data.sold !== undefined && { sale: { lines: data.sold } }),
    ...(codes.length > 0 && { expectedCodes: codes }),
    ...(executionId !== undefined && { executionId }),
    ...(typeof dose === 'string' && { orderedDose: dose.split(' ')[0] ?? '' }),
  };
}

function rowsOf(value: Json | undefined): readonly JsonObject[] {
  return value !== undefined && isList(value) ? value.filter(isObject) : [];
}

function firstRow(value: Json | undefined): JsonObject {
  return rowsOf(value)[0] ?? {};
}
