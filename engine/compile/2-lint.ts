import type { Finding } from '../ir/finding.ts';
import type { Container, Resolved } from './1-resolve.ts';
import { boundaryAttached } from './rules/boundary-attached.ts';
import { cancelInTransaction } from './rules/cancel-in-transaction.ts';
import { defaultFlowLeaves } from './rules/default-flow-leaves.ts';
import { eventGatewayTargets } from './rules/event-gateway-targets.ts';
import { eventSubProcessStart } from './rules/event-sub-process-start.ts';
import { flowEnds } from './rules/flow-ends.ts';
import { linkPairs } from './rules/link-pairs.ts';
import { startOfScope } from './rules/start-of-scope.ts';
import { undecidedFlow } from './rules/undecided-flow.ts';

/** A rule of the diagram as a whole: looks at one container and says what is wrong there. */
export type LintRule = (container: Container, resolved: Resolved) => readonly Finding[];

const rules: readonly LintRule[] = [
  boundaryAttached,
  cancelInTransaction,
  defaultFlowLeaves,
  eventGatewayTargets,
  eventSubProcessStart,
  flowEnds,
  linkPairs,
  startOfScope,
  undecidedFlow,
];

/** Runs every rule over every process and sub-process; all findings, not the first. */
export function lint(resolved: Resolved): Finding[] {
  return [...resolved.containers.values()].flatMap((container) => rules.flatMap((rule) => rule(container, resolved)));
}
