import type { FormDocument, JsonObject } from '../../engine/index.ts';
import type { FieldError } from '../form/form-errors.ts';
import type { Named } from '../server/services.ts';
import type { PatientFacts } from '../ui/patient.ts';

/** What every task page shows. */
export type TaskHead = {
  readonly caseId: string;
  readonly taskId: string;
  readonly elementId: string;
  readonly name: Named;
  readonly flow: Named;
  readonly businessKey?: string;
  readonly patient?: PatientFacts;
};

/** A task to work on. */
export type OpenTask = TaskHead & {
  readonly kind: 'open';
  readonly form: FormDocument;
  /** Whether the form comes with the flow; a plain one was generated otherwise. */
  readonly ownForm: boolean;
  readonly data: JsonObject;
  /** Names this opened form: sending it twice does it once. */
  readonly key: string;
  readonly assignee?: 'me';
  readonly dueAt?: string;
  readonly urgent: boolean;
  readonly now: string;
  /** The person did a related step; nobody else is there, so a reason is asked for. */
  readonly needsOverride: boolean;
  /** Pages that can be printed for this task. */
  readonly print?: string;
  readonly personName: string;
  readonly personId: string;
};

/** A task that is over. */
export type ClosedTask = TaskHead & {
  readonly kind: 'closed';
  readonly outcome: 'completed' | 'cancelled';
  readonly byName?: string;
  readonly byMe: boolean;
  readonly at?: string;
};

/** What the task page was given. */
export type TaskData = OpenTask | ClosedTask;

/** What came of a submission that was not accepted. Nothing was saved. */
export type TaskRefusal = {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly errors: readonly FieldError[];
};
