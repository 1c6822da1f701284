import type { TaskListView } from '../../db/read-models.ts';
import type { Named } from '../server/services.ts';
import type { PatientFacts } from '../ui/patient.ts';

/** A task as one row of the inbox. */
export type InboxRow = {
  readonly caseId: string;
  readonly taskId: string;
  readonly name: Named;
  readonly flow: Named;
  readonly businessKey?: string;
  readonly patient?: Pick<PatientFacts, 'name' | 'sex' | 'age' | 'ward' | 'bed' | 'patientId'> & {
    readonly allergic: boolean;
  };
  readonly dueAt?: string;
  readonly createdAt: string;
  readonly urgent: boolean;
  readonly mine: boolean;
};

/** A page of the inbox. */
export type InboxData = {
  readonly view: TaskListView;
  readonly counts: Readonly<Record<TaskListView, number>>;
  readonly rows: readonly InboxRow[];
  readonly nextCursor?: string;
  readonly now: string;
};
