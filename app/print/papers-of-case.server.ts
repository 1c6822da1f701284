import type { AppLoadContext } from '@remix-run/node';
import type { CaseDetail } from '../../db/read-models.ts';
import type { DiagramFacts } from '../diagram/read-diagram.server.ts';
import type { Named } from '../server/services.ts';
import { readCaseFacts } from './case-facts.ts';
import { papersOf } from './make-paper.ts';
import { isPrintKind, kindsOf, type PrintKind } from './print-kinds.ts';

/** A paper a case offers; with a task when only that task knows what stands on it. */
export type OfferedPaper = {
  readonly kind: PrintKind;
  readonly taskId?: string;
  readonly task?: Named;
  /** How often it was printed. */
  readonly copies: number;
};

/** Papers that can be printed from a case now, and those that were printed from tasks that are over. */
export async function papersOfCase(
  { services }: AppLoadContext,
  { row, view }: CaseDetail,
  diagram: DiagramFacts,
): Promise<readonly OfferedPaper[]> {
  const printed = await services.prints.ofCase({ tenantId: services.tenantId, caseId: row.caseId });
  const own = papersOf(readCaseFacts(view.variables));
  const copiesOf = (kind: string, taskId?: string) =>
    Math.max(
      0,
      ...printed
        .filter((one) => one.kind === kind && (taskId === undefined || one.taskId === taskId))
        .map(({ copies }) => copies),
    );
  const open = view.tasks.flatMap((task) => {
    const named = kindsOf(diagram.elements.get(task.elementId)?.print);
    const known = papersOf(readCaseFacts(view.variables, task.input));
    const kinds = known.filter((kind) => !own.includes(kind) && (named.includes(kind) || isOfDoses(kind)));
    const name = { 'zh-CN': task.name, en: task.nameEn ?? task.name };
    return kinds.map((kind) => ({ kind, taskId: task.taskId, task: name, copies: copiesOf(kind, task.taskId) }));
  });
  const listed = new Set(open.map(({ kind, taskId }) => `${kind}/${taskId}`));
  const earlier = printed.flatMap(({ kind, taskId, copies }) =>
    isPrintKind(kind) && !own.includes(kind) && !listed.has(`${kind}/${taskId}`) ? [{ kind, taskId, copies }] : [],
  );
  return [...own.map((kind) => ({ kind, copies: copiesOf(kind) })), ...open, ...earlier];
}

function isOfDoses(kind: PrintKind): boolean {
  return kind === 'bottle-label' || kind === 'infusion-card';
}
