import { refusal } from '../elements/element.ts';
import { booleanOf, idOf } from '../ir/bpmn-element.ts';
import type { Finding } from '../ir/finding.ts';
import type { Container } from './1-resolve.ts';
import { definitionsOf } from './event-definitions.ts';

/** What nobody starts a case by: several events together. */
export function unservedStarts({ element, nodes }: Container): Finding[] {
  if (element.$type !== 'bpmn:Process') return [];
  const starts = nodes.filter((node) => node.$type === 'bpmn:StartEvent');
  return starts.flatMap((start) => {
    const definitions = definitionsOf(start);
    const waitsForAll = booleanOf(start, 'parallelMultiple') === true && definitions.length > 1;
    if (!waitsForAll) return [];
    const but = 'it waits for several together';
    return [refusal('unsupported-element', idOf(start), 'a start by one event', but)];
  });
}
