import { boundaryEvent } from './boundary-event/boundary-event.ts';
import { businessRuleTask } from './business-rule-task/business-rule-task.ts';
import { callActivity } from './call-activity/call-activity.ts';
import { complexGateway } from './complex-gateway/complex-gateway.ts';
import type { ElementLowering, EventDefinitionLowering, LoopLowering } from './element.ts';
import { endEvent } from './end-event/end-event.ts';
import { eventBasedGateway } from './event-based-gateway/event-based-gateway.ts';
import { cancelEvent } from './event-definitions/cancel.ts';
import { compensationEvent } from './event-definitions/compensation.ts';
import { conditionalEvent } from './event-definitions/conditional.ts';
import { errorEvent } from './event-definitions/error.ts';
import { escalationEvent } from './event-definitions/escalation.ts';
import { linkEvent } from './event-definitions/link.ts';
import { messageEvent } from './event-definitions/message.ts';
import { signalEvent } from './event-definitions/signal.ts';
import { terminateEvent } from './event-definitions/terminate.ts';
import { timerEvent } from './event-definitions/timer.ts';
import { exclusiveGateway } from './exclusive-gateway/exclusive-gateway.ts';
import { inclusiveGateway } from './inclusive-gateway/inclusive-gateway.ts';
import { intermediateCatchEvent } from './intermediate-catch-event/intermediate-catch-event.ts';
import { intermediateThrowEvent } from './intermediate-throw-event/intermediate-throw-event.ts';
import { multiInstance } from './multi-instance/multi-instance.ts';
import { parallelGateway } from './parallel-gateway/parallel-gateway.ts';
import { receiveTask } from './receive-task/receive-task.ts';
import { scriptTask } from './script-task/script-task.ts';
import { sendTask } from './send-task/send-task.ts';
import { serviceTask } from './service-task/service-task.ts';
import { standardLoop } from './standard-loop/standard-loop.ts';
import { startEvent } from './start-event/start-event.ts';
import { subProcess } from './sub-process/sub-process.ts';
import { manualTask, task } from './task/task.ts';
import { transaction } from './transaction/transaction.ts';
import { userTask } from './user-task/user-task.ts';

/** Every executable element: one line each. */
export const elements: readonly ElementLowering[] = [
  boundaryEvent,
  businessRuleTask,
  callActivity,
  complexGateway,
  endEvent,
  eventBasedGateway,
  exclusiveGateway,
  inclusiveGateway,
  intermediateCatchEvent,
  intermediateThrowEvent,
  manualTask,
  parallelGateway,
  receiveTask,
  scriptTask,
  sendTask,
  serviceTask,
  startEvent,
  subProcess,
  task,
  transaction,
  userTask,
];

/** Every kind of event definition. */
export const eventDefinitions: readonly EventDefinitionLowering[] = [
  cancelEvent,
  compensationEvent,
  conditionalEvent,
  errorEvent,
  escalationEvent,
  linkEvent,
  messageEvent,
  signalEvent,
  terminateEvent,
  timerEvent,
];

/** Every kind of loop characteristics. */
export const loops: readonly LoopLowering[] = [multiInstance, standardLoop];

/** Elements that are drawn and not executed. */
export const drawnOnly: ReadonlySet<string> = new Set([
  'bpmn:SequenceFlow',
  'bpmn:DataObject',
  'bpmn:DataObjectReference',
  'bpmn:DataStoreReference',
]);
