import type { TFunction } from 'i18next';
import type { HistoryItem } from '../../db/read-models.ts';
import type { Actor, Language, ProcessPackage } from '../../engine/index.ts';
import { type OpenThings, tellEvent } from '../audit/read-events.ts';
import { type DataRow, describeData, type Glossary, glossaryOf } from './describe-data.server.ts';

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

/** Form of each element that opened a task. */
export function formsOf(entries: readonly Pick<HistoryItem, 'events'>[]): ReadonlyMap<string, string> {
  return new Map(
    entries
      .flatMap(({ events }) => events)
      .flatMap((event): [string, string][] => {
        const { elementId, formId } = tellEvent(event, new Map()) ?? {};
        return elementId !== undefined && formId !== undefined ? [[elementId, formId]] : [];
      }),
  );
}

/** Words for what was filled in at an element: its own form's first, as forms may use one name for different things. */
export function glossaries(
  pkg: ProcessPackage,
  forms: ReadonlyMap<string, string>,
  language: Language,
): (elementId: string | undefined) => Glossary {
  const made = new Map<string, Glossary>();
  return (elementId) => {
    const formId = forms.get(elementId ?? '') ?? '';
    const own = pkg.forms[formId];
    const glossary = made.get(formId) ?? glossaryOf([...(own ? [own] : []), ...Object.values(pkg.forms)], language);
    made.set(formId, glossary);
    return glossary;
  };
}

/** Steps with what was filled in, latest first. */
export function stepsOf(
  entries: readonly HistoryItem[],
  pkg: ProcessPackage,
  language: Language,
  t: TFunction,
): readonly FilledStep[] {
  const open: OpenThings = new Map();
  const wordsOf = glossaries(pkg, formsOf(entries), language);
  const steps = entries.flatMap((entry): FilledStep[] =>
    entry.events.flatMap((event) => {
      const told = tellEvent(event, open);
      if (told?.type !== 'TaskClosed' || told.detail !== 'completed' || !told.elementId) return [];
      const { seq, recordedAt: at, actor, override } = entry;
      const rows = describeData(told.data ?? {}, wordsOf(told.elementId), t);
      return [{ seq, at, elementId: told.elementId, by: actorName(actor), override: override?.reason, rows }];
    }),
  );
  return steps.reverse();
}
