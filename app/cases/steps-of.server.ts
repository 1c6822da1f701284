import type { TFunction } from 'i18next';
import type { HistoryItem } from '../../db/read-models.ts';
import type { Actor, Language, ProcessPackage } from '../../engine/index.ts';
import { type OpenThings, tellEvent } from '../audit/read-events.ts';
import { type DataRow, describeData, glossaryOf } from './describe-data.server.ts';

/** A form somebody filled in, as the case page shows it. */
export type FilledStep = {
  readonly seq: number;
  readonly elementId: string;
  readonly at: string;
  readonly by: string;
  readonly override?: string;
  readonly rows: readonly DataRow[];
};

/** Name of who acted; other systems by their id. */
export function actorName(actor: Actor): string {
  return actor.kind === 'person' ? actor.name : actor.id;
}

/** Steps with what was filled in, latest first. */
export function stepsOf(
  entries: readonly HistoryItem[],
  pkg: ProcessPackage,
  language: Language,
  t: TFunction,
): readonly FilledStep[] {
  const open: OpenThings = new Map();
  const glossary = glossaryOf(Object.values(pkg.forms), language);
  const steps = entries.flatMap((entry): FilledStep[] =>
    entry.events.flatMap((event) => {
      const told = tellEvent(event, open);
      if (told?.type !== 'TaskClosed' || told.detail !== 'completed' || !told.elementId) return [];
      const { seq, recordedAt: at, actor, override } = entry;
      const rows = describeData(told.data ?? {}, glossary, t);
      return [{ seq, at, elementId: told.elementId, by: actorName(actor), override: override?.reason, rows }];
    }),
  );
  return steps.reverse();
}
