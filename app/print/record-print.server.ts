import type { AppLoadContext } from '@remix-run/node';
import { problem } from '../problem.ts';
import { requirePerson } from '../security/require.server.ts';
import { requireText } from '../server/form-fields.ts';
import { hasContent } from './has-content.ts';
import { findPaper, type PrintPlace } from './load-print.server.ts';
import type { PrintCounts } from './print-store.ts';

/** What was recorded: which copy of each subject is printed now, when and by whom. */
export type RecordedPrint = { readonly copies: PrintCounts; readonly at: string; readonly by: string };

/**
 * Writes down that the paper is printed now.
 * @throws a 409 answer when nothing stands on it
 */
export async function recordPrint(context: AppLoadContext, place: PrintPlace, form: FormData): Promise<RecordedPrint> {
  const paper = await findPaper(context, place);
  if (!hasContent(paper)) throw problem({ status: 409, code: 'print:nothingToPrint' });
  const { services } = context;
  const person = requirePerson(context);
  const at = services.clock.now();
  const { caseId, kind, taskId } = place;
  const copies = await services.prints.record({
    ...{ tenantId: services.tenantId, caseId, kind, taskId, at },
    subjects: paper.subjects,
    key: requireText(form, 'key'),
    by: person.id,
  });
  return { copies, at, by: person.name };
}
