import type { Finding } from '../ir/finding.ts';
import type { Container, Resolved } from './1-resolve.ts';
import { adHocContent } from './rules/ad-hoc-content.ts';
import { boundaryAttached } from './rules/boundary-attached.ts';
import { calledProcess } from './rules/called-process.ts';
import { cancelInTransaction } from './rules/cancel-in-transaction.ts';
import { choreographyInProcess, choreographyReference } from './rules/choreography.ts';
import { compensationHandlers } from './rules/compensation-handlers.ts';
import { conditionalFlows } from './rules/conditional-flows.ts';
import { connectedNodes } from './rules/connected-nodes.ts';
import { correlationKeys } from './rules/correlation-keys.ts';
import { dataAssociations } from './rules/data-associations.ts';
import { dataInCases } from './rules/data-in-cases.ts';
import { dataItems } from './rules/data-items.ts';
import { defaultFlowLeaves } from './rules/default-flow-leaves.ts';
import { eventGatewayTargets } from './rules/event-gateway-targets.ts';
import { eventSubProcessStart } from './rules/event-sub-process-start.ts';
import { eventTriggers } from './rules/event-triggers.ts';
import { flowEnds } from './rules/flow-ends.ts';
import { formalExpressions } from './rules/formal-expressions.ts';
import { gatewayWays } from './rules/gateway-ways.ts';
import { linkPairs } from './rules/link-pairs.ts';
import { listedFlows } from './rules/listed-flows.ts';
import { messageFlows } from './rules/message-flows.ts';
import { participantQuantities, tokenQuantities } from './rules/quantities.ts';
import { recordClass } from './rules/record-class.ts';
import { reusableDefinitions } from './rules/reusable-definitions.ts';
import { startAndEnd } from './rules/start-and-end.ts';
import { startOfScope } from './rules/start-of-scope.ts';
import { undecidedFlow } from './rules/undecided-flow.ts';
import { workingTimers } from './rules/working-timers.ts';

/** A rule of the diagram: looks at one container and says what is wrong there. */
export type LintRule = (container: Container, resolved: Resolved) => readonly Finding[];

/** A rule about what lies in no single container: pools, message flows, data. */
export type ModelRule = (resolved: Resolved) => readonly Finding[];

const rules: readonly LintRule[] = [
  adHocContent,
  boundaryAttached,
  calledProcess,
  cancelInTransaction,
  choreographyInProcess,
  compensationHandlers,
  conditionalFlows,
  connectedNodes,
  dataInCases,
  defaultFlowLeaves,
  eventGatewayTargets,
  eventSubProcessStart,
  eventTriggers,
  flowEnds,
  formalExpressions,
  gatewayWays,
  linkPairs,
  listedFlows,
  recordClass,
  reusableDefinitions,
  startAndEnd,
  startOfScope,
  tokenQuantities,
  undecidedFlow,
  workingTimers,
];

const modelRules: readonly ModelRule[] = [
  choreographyReference,
  correlationKeys,
  dataAssociations,
  dataItems,
  messageFlows,
  participantQuantities,
];

/** Runs every rule over every process and sub-process, then over the file as a whole; all findings, not the first. */
export function lint(resolved: Resolved): Finding[] {
  return [
    ...[...resolved.containers.values()].flatMap((container) => rules.flatMap((rule) => rule(container, resolved))),
    ...modelRules.flatMap((rule) => rule(resolved)),
  ];
}
