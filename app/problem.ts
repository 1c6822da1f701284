/** What an error page says. Codes and parameters only: the page finds the words in the reader's language. */
export type Problem = {
  readonly status: number;
  /** Key in the catalogue `errors`. */
  readonly code?: string;
  readonly params?: Readonly<Record<string, string | number>>;
  /** Roles that would be allowed. */
  readonly roles?: readonly string[];
  /** Ready sentences by language, where the words come from data (a form, a diagram). */
  readonly text?: Readonly<Record<string, string>>;
  /** Where to go on, as a path of ours. */
  readonly back?: string;
};

/** An answer that shows the error page. Throw it from a loader or action. */
export function problem(said: Problem): Response {
  return Response.json(said, { status: said.status });
}

/** Whether what an error page was given is one of ours. */
export function isProblem(data: unknown): data is Problem {
  return typeof data === 'object' && data !== null && 'status' in data && typeof data.status === 'number';
}
