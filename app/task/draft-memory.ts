/**
 * What is being filled in, kept in the page's memory while the user looks at something else. Never stored on the
 * computer, which several people use; somebody else signing in empties it.
 */
const drafts = new Map<string, unknown>();
let owner: string | undefined;

/** The draft of a form, if this person has one. */
export function recallDraft(personId: string, form: string): unknown {
  if (owner !== personId) drafts.clear();
  owner = personId;
  return drafts.get(form);
}

/** Keeps what was filled in. */
export function keepDraft(personId: string, form: string, data: unknown): void {
  if (owner !== personId) drafts.clear();
  owner = personId;
  drafts.set(form, data);
}

/** Forgets the draft of a form that was sent. */
export function dropDraft(form: string): void {
  drafts.delete(form);
}
