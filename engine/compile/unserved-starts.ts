import { refusal } from '../elements/element.ts';
import { booleanOf, idOf } from '../ir/bpmn-element.ts';
import type { Finding } from '../ir/finding.ts';
import type { Container } from './1-resolve.ts';
import { definitionsOf } from './event-definitions.ts';

/** What nobody starts a case by yet: a condition, or several events together. */
export function unservedStarts({ element, nodes }: Container): Finding[] {
  if (element.$type !== 'bpmn:Process') return [];
  const starts = nodes.filter((node) => node.$type === 'bpmn:StartEvent');
  return starts.flatMap((start) => {
    const definitions = definitionsOf(start);
    const waitsForCondition = definitions.some(({ $type }) => $type === 'bpmn:ConditionalEventDefinition');
    const waitsForAll = booleanOf(start, 'parallelMultiple') === true && definitions.length > 1;
    if (!waitsForCondition && !waitsForAll) return [];
    const but = waitsForCondition ? 'it waits for a condition' : 'it waits for several events together';
    return [refusal('unsupported-element', idOf(start), 'a start by hand, message, signal or timer', but)];
  });
}
