import { receiveTask } from '../elements/receive-task/receive-task.ts';
import { type BpmnElement, booleanOf, elementOf, extensionOf, idOf, textOf } from '../ir/bpmn-element.ts';
import type { CompiledDefinition, ElementInfo, ProcessDefinition, StartEventInfo } from '../ir/definition.ts';
import type { Trigger } from '../ir/kernel.ts';
import { isRecordClass } from '../ir/record-class.ts';
import { feelOf, writtenText } from '../ir/value-source.ts';
import type { Container, Resolved } from './1-resolve.ts';
import { type LoweredScope, namesOf } from './3-lower.ts';
import { actorsRead } from './actors-read.ts';
import { definitionsOf, triggerOf } from './event-definitions.ts';
import { silent } from './silent.ts';

/** What a definition says about itself, for screens and for those who start cases. */
export function describeDefinition(
  resolved: Resolved,
  scopes: readonly LoweredScope[],
): Pick<CompiledDefinition, 'processes' | 'actorsRead' | 'elements' | 'messageNames'> {
  const processes = resolved.processes.map(processOf);
  return {
    processes: Object.fromEntries(processes.map((one) => [one.processId, one])),
    actorsRead: actorsRead(scopes, processes),
    elements: elementInfos(resolved),
    messageNames: messageNames(scopes, processes),
  };
}

function processOf(container: Container): ProcessDefinition {
  const { element, id } = container;
  const [patientKey, businessKey] = [textOf(element, 'clinical:patientKey'), textOf(element, 'clinical:businessKey')];
  return {
    processId: id,
    ...namesOf(element),
    ...(patientKey === undefined ? {} : { patientKey: feelOf(patientKey) }),
    ...(businessKey === undefined ? {} : { businessKey: feelOf(businessKey) }),
    ...recordClassOf(element),
    ...versionTagOf(element),
    starts: container.nodes.flatMap((node) => startsAt(container, node)),
  };
}

/** How long its records are kept; a code that is none was reported by lint. */
function recordClassOf(process: BpmnElement): Pick<ProcessDefinition, 'recordClass'> {
  const recordClass = textOf(process, 'clinical:recordClass');
  return recordClass !== undefined && isRecordClass(recordClass) ? { recordClass } : {};
}

/** What its author calls this version of a process. */
export function versionTagOf(process: BpmnElement): Pick<ProcessDefinition, 'versionTag'> {
  const tag = extensionOf(process, 'zeebe:VersionTag');
  const versionTag = tag && textOf(tag, 'value');
  return versionTag === undefined ? {} : { versionTag };
}

/** Where a case may begin: start events, and what waits at the beginning of a process that says so (`instantiate`). */
function startsAt(container: Container, node: BpmnElement): StartEventInfo[] {
  if (node.$type === 'bpmn:StartEvent') return startsOf(container.id, node, startTrigger(node));
  if (booleanOf(node, 'instantiate') !== true) return [];
  if (node.$type !== 'bpmn:EventBasedGateway') return startsOf(container.id, node, startTrigger(node));
  const waiting = targetsOf(container, node);
  const isParallel = textOf(node, 'eventGatewayType') === 'Parallel';
  return waiting.flatMap((one) => {
    const starts = startsOf(container.id, one, startTrigger(one));
    const together = waiting.filter((other) => other !== one).map(idOf);
    return isParallel ? starts.map((start) => ({ ...start, together })) : starts;
  });
}

function targetsOf(container: Container, gateway: BpmnElement): BpmnElement[] {
  return container.flows.flatMap((flow) => {
    const [source, target] = [elementOf(flow, 'sourceRef'), elementOf(flow, 'targetRef')];
    return source && target && idOf(source) === idOf(gateway) ? [target] : [];
  });
}

function startsOf(processId: string, element: BpmnElement, trigger: Trigger | undefined): StartEventInfo[] {
  if (trigger?.kind === 'any' || trigger?.kind === 'all')
    return trigger.triggers.flatMap((one) => startsOf(processId, element, one));
  const formId = startForm(element);
  const base = {
    processId,
    startEventId: idOf(element),
    ...namesOf(element),
    ...(formId === undefined ? {} : { formId }),
  };
  switch (trigger?.kind) {
    case 'message':
      return [{ ...base, kind: 'message', messageName: writtenText(trigger.name) ?? '' }];
    case 'signal':
      return [{ ...base, kind: 'signal', messageName: `signal:${writtenText(trigger.name) ?? ''}` }];
    case 'timer':
      return [{ ...base, kind: 'timer', timer: trigger.timer }];
    case 'condition':
      return [{ ...base, kind: 'condition', condition: trigger.feel }];
    default:
      return [{ ...base, kind: 'none' }];
  }
}

/** Findings about a trigger were reported when its node was lowered; here it is only described. */
function startTrigger(element: BpmnElement): Trigger | undefined {
  if (element.$type !== 'bpmn:ReceiveTask')
    return definitionsOf(element).length === 0 ? undefined : triggerOf(element, silent);
  const body = receiveTask.lower(element, silent)?.body;
  return body?.kind === 'catch' ? body.trigger : undefined;
}

function startForm(element: BpmnElement): string | undefined {
  return textOf(element, 'clinical:startForm') ?? formOf(element);
}

function formOf(element: BpmnElement): string | undefined {
  const form = extensionOf(element, 'zeebe:FormDefinition');
  const id = form && (textOf(form, 'formId') ?? textOf(form, 'externalReference') ?? textOf(form, 'formKey'));
  return id?.startsWith('=') ? undefined : id;
}

function elementInfos(resolved: Resolved): ElementInfo[] {
  const infos: ElementInfo[] = [];
  for (const [id, element] of resolved.model.byId) {
    if (!isShown(element)) continue;
    const processId = processIdOf(element);
    const formId = element.$type === 'bpmn:StartEvent' ? startForm(element) : formOf(element);
    const print = textOf(element, 'clinical:print');
    infos.push({
      id,
      type: element.$type,
      ...namesOf(element),
      ...(processId === undefined ? {} : { processId }),
      ...(formId === undefined ? {} : { formId }),
      ...(print === undefined ? {} : { print }),
    });
  }
  return infos;
}

function isShown(element: BpmnElement): boolean {
  return !['bpmn:Definitions', 'bpmn:LaneSet', 'bpmn:Association', 'bpmn:Group'].includes(element.$type);
}

function processIdOf(element: BpmnElement): string | undefined {
  for (let one: unknown = element; typeof one === 'object' && one !== null && '$type' in one && 'get' in one; ) {
    const current: { readonly $type?: unknown; readonly $parent?: unknown } = one;
    if (current.$type === 'bpmn:Process' && 'id' in one && typeof one.id === 'string') return one.id;
    one = current.$parent;
  }
  const participant = element.$type === 'bpmn:Participant' ? elementOf(element, 'processRef') : undefined;
  return participant && idOf(participant);
}

function messageNames(scopes: readonly LoweredScope[], processes: readonly ProcessDefinition[]): string[] {
  const names = new Set<string>();
  const add = (name: string | undefined) => name !== undefined && names.add(name);
  for (const start of processes.flatMap((one) => one.starts)) if (start.kind === 'message') add(start.messageName);
  for (const scope of scopes) {
    for (const { trigger } of scope.eventScopes) if (trigger.kind === 'message') add(writtenText(trigger.name));
    for (const { body, boundary } of Object.values(scope.nodes)) {
      const trigger = boundary?.trigger ?? (body.kind === 'catch' ? body.trigger : undefined);
      if (trigger?.kind === 'message') add(writtenText(trigger.name));
      if (body.kind === 'pass')
        for (const act of body.acts) if (act.kind === 'publish') add(writtenText(act.messageName));
    }
  }
  return [...names].sort();
}
