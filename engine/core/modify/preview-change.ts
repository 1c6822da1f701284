import type { Instant } from '../json.ts';
import type { CaseState, Numbered, WaitOwner } from '../state.ts';

/** Something open in a case, as a person knows it. */
export type OpenThing = {
  readonly kind: 'token' | 'task' | 'timer' | 'message' | 'job' | 'condition' | 'incident';
  readonly elementId: string;
  /** Its number in the case. */
  readonly n: number;
  readonly name?: string;
  readonly nameEn?: string;
  readonly dueAt?: Instant;
  /** Name of the message, type of the job or code of the incident. */
  readonly detail?: string;
};

/** What a change of a case closes and opens, in the order it was and will be created. */
export type ChangePreview = {
  readonly closes: readonly OpenThing[];
  readonly opens: readonly OpenThing[];
  readonly ends: boolean;
};

/** What a decision would do to a case, before it is kept: the things open before and after it. */
export function previewChange(before: CaseState, after: CaseState): ChangePreview {
  const old = openThings(before);
  const now = openThings(after);
  return { closes: missing(old, now), opens: missing(now, old), ends: after.status === 'ended' };
}

function missing(from: readonly OpenThing[], than: readonly OpenThing[]): readonly OpenThing[] {
  const there = new Set(than.map(({ kind, n, elementId }) => `${kind} ${n} ${elementId}`));
  return from.filter(({ kind, n, elementId }) => !there.has(`${kind} ${n} ${elementId}`));
}

/** Everything open in a case. A token that waits at an element stands for it, beside what it waits for. */
export function openThings(state: CaseState): readonly OpenThing[] {
  return [
    ...things(state.tokens, 'token', () => ({})),
    ...things(state.tasks, 'task', ({ node, task: { name = node, nameEn, dueAt } }) => ({
      name,
      ...(nameEn === undefined ? {} : { nameEn }),
      ...(dueAt === undefined ? {} : { dueAt }),
    })),
    ...things(state.timers, 'timer', ({ dueAt }) => ({ dueAt })),
    ...things(state.subscriptions, 'message', ({ subscription }) => ({ detail: subscription.messageName })),
    ...things(state.jobs, 'job', ({ job }) => ({ detail: job.jobType })),
    ...things(state.conditions, 'condition', () => ({})),
    ...things(state.incidents, 'incident', ({ incident }) => ({ detail: incident.code })),
  ];
}

function things<T extends Pick<WaitOwner, 'node'>>(
  table: Numbered<T>,
  kind: OpenThing['kind'],
  more: (entry: T) => Partial<OpenThing>,
): OpenThing[] {
  return Object.entries(table).map(([n, entry]) => ({ kind, elementId: entry.node, n: Number(n), ...more(entry) }));
}
