import type { Finding } from '../../ir/finding.ts';
import { unanswered } from './accepted.ts';
import type { AdviceRule, Advised } from './advised.ts';
import { noWayOut } from './no-way-out.ts';
import { notUndone } from './not-undone.ts';
import { tableCoverage } from './table-coverage.ts';
import { timedApproval } from './timed-approval.ts';
import { undividedDuties } from './undivided-duties.ts';
import { unsentMessage } from './unsent-message.ts';
import { untimedCare } from './untimed-care.ts';

const rules: readonly AdviceRule[] = [
  noWayOut,
  tableCoverage,
  timedApproval,
  unsentMessage,
  untimedCare,
  notUndone,
  undividedDuties,
];

/** What an experienced colleague would say of a package that runs, unless the diagram answers it; all of it warnings. */
export function advise(advised: Advised): readonly Finding[] {
  return unanswered(
    rules.flatMap((rule) => rule(advised)),
    advised.resolved,
  );
}
