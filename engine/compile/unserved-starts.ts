import { refusal } from '../elements/element.ts';
import { type BpmnElement, booleanOf, idOf } from '../ir/bpmn-element.ts';
import type { Finding } from '../ir/finding.ts';
import type { Container } from './1-resolve.ts';
import { definitionsOf, triggerOf } from './event-definitions.ts';
import { silent } from './silent.ts';

/** Starts of a process that nobody, or nobody by themselves, begins cases by. */
export function unservedStarts({ element, nodes }: Container): Finding[] {
  if (element.$type !== 'bpmn:Process') return [];
  return nodes
    .filter((node) => node.$type === 'bpmn:StartEvent')
    .flatMap((start) => [...together(start), ...byCondition(start)]);
}

/** A start that waits for several together must be able to tell which belong together: messages with a key. */
function together(start: BpmnElement): Finding[] {
  if (booleanOf(start, 'parallelMultiple') !== true || definitionsOf(start).length < 2) return [];
  const trigger = triggerOf(start, silent);
  const parts = trigger?.kind === 'all' ? trigger.triggers : [];
  if (parts.length > 0 && parts.every((part) => part.kind === 'message' && part.correlationKey !== undefined))
    return [];
  const expected =
    'a start by several events together to wait for messages with a correlation key, which tells what belongs together';
  return [refusal('start-together', idOf(start), expected, 'it waits for something else, or without a key')];
}

/** BPMN does not say whose facts such a condition is about before there is a case, so none are asked. */
function byCondition(start: BpmnElement): Finding[] {
  if (!definitionsOf(start).some((one) => one.$type === 'bpmn:ConditionalEventDefinition')) return [];
  const message = `Expected an event from outside to begin cases at ${idOf(start)}, but it is a condition: a case begins when somebody starts it with data that meet it, never by itself`;
  return [{ rule: 'start-by-condition', severity: 'warning', message, elementId: idOf(start), clause: '10.5.2' }];
}
