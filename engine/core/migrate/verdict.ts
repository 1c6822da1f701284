/** What stands against moving a case to another version; each names an element of the old one. */
export type MigrationBlock =
  /** Nothing of the new version stands for it. */
  | 'element-gone'
  /** Its successor lies in another scope. */
  | 'scope-changed'
  /** Its successor is another kind of thing. */
  | 'kind-changed'
  /** Repeated in another way, or no longer. */
  | 'repeat-changed'
  /** A waiting arrival came by a flow that leads there no more. */
  | 'flow-gone'
  /** What was completed could no longer be undone. */
  | 'compensation-gone'
  /** Something is being undone just now. */
  | 'being-undone';

/** What a person should know of a case that can be moved. */
export type MigrationRemark =
  /** The task is issued again as the new version has it. */
  | 'task-changed'
  /** The form of the open task has another content. */
  | 'form-changed'
  /** Due anew, counted from now. */
  | 'timer-recalculated'
  /** Due as before, although the new version says otherwise. */
  | 'timer-kept'
  /** A message, signal or condition is waited for as the new version has it. */
  | 'event-changed'
  /** An event is no longer waited for. */
  | 'event-gone'
  /** An event is waited for that was not before. */
  | 'event-added'
  /** A job under way is finished as the old version asked. */
  | 'job-kept'
  /** The runs planned by the old version are kept. */
  | 'repeat-planned'
  /** The called process under way goes on, although the new version calls another. */
  | 'call-kept'
  /** A separation of duties asks who did it, and nobody knows. */
  | 'actors-unknown'
  /** The case goes on at once when it is moved. */
  | 'goes-on'
  /** The case would stop with an incident when it is moved. */
  | 'incident';

/** One reason of a verdict: the element of the old version, its successor where it has one, and what it is about. */
export type MigrationNote =
  | { readonly severity: 'block'; readonly code: MigrationBlock; readonly elementId: string; readonly to?: string }
  | { readonly severity: 'remark'; readonly code: MigrationRemark; readonly elementId: string; readonly to?: string };

/** Whether a case can be moved to another version. */
export type MigrationVerdict = {
  readonly verdict: 'ok' | 'ok-with-note' | 'blocked';
  readonly notes: readonly MigrationNote[];
};

/** The verdict that follows from the reasons; each is told once. */
export function verdictOf(notes: readonly MigrationNote[]): MigrationVerdict {
  const told = [...new Map(notes.map((note) => [`${note.code} ${note.elementId} ${note.to ?? ''}`, note])).values()];
  const blocked = told.some(({ severity }) => severity === 'block');
  return { verdict: blocked ? 'blocked' : told.length > 0 ? 'ok-with-note' : 'ok', notes: told };
}
