import { elementOf, idOf } from '../../ir/bpmn-element.ts';
import { isCompensation, isEventSubProcess } from '../1-resolve.ts';
import type { LintRule } from '../2-lint.ts';
import { breach } from '../breach.ts';
import { typeName } from './ways.ts';

/** Boundary events are attached to an activity of their own scope; a compensation boundary event names its handler. */
export const boundaryAttached: LintRule = ({ nodes, eventSubProcesses }, { handlers }) => {
  const here = new Set([...nodes, ...eventSubProcesses].map(idOf));
  return nodes.flatMap((node) => {
    if (node.$type !== 'bpmn:BoundaryEvent') return [];
    const host = elementOf(node, 'attachedToRef');
    const at = { clause: '10.5.4', at: idOf(node) };
    if (!host || !here.has(idOf(host)))
      return [
        breach({
          ...at,
          rule: 'boundary-detached',
          expected: 'a boundary event on an activity of its scope',
          but: 'it is on none',
        }),
      ];
    if (/(Event|Gateway)$/.test(host.$type) || isEventSubProcess(host))
      return [
        breach({
          ...at,
          rule: 'boundary-host',
          expected: 'a boundary event on an activity',
          but: `${idOf(host)} is ${isEventSubProcess(host) ? 'an event sub-process' : `a ${typeName(host)}`}`,
        }),
      ];
    if (isCompensation(node) && !handlers.has(idOf(host)))
      return [
        breach({
          rule: 'handler-missing',
          clause: '10.7.2',
          at: idOf(node),
          expected: 'an association to the activity that compensates',
          but: 'there is none',
        }),
      ];
    return [];
  });
};
