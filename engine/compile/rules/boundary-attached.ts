import { refusal } from '../../elements/element.ts';
import { elementOf, idOf } from '../../ir/bpmn-element.ts';
import { isCompensation } from '../1-resolve.ts';
import type { LintRule } from '../2-lint.ts';

/** Boundary events are attached to an activity of their own scope; a compensation boundary event names its handler. */
export const boundaryAttached: LintRule = ({ nodes }, { handlers }) => {
  const here = new Set(nodes.map(idOf));
  return nodes.flatMap((node) => {
    if (node.$type !== 'bpmn:BoundaryEvent') return [];
    const host = elementOf(node, 'attachedToRef');
    if (!host || !here.has(idOf(host)))
      return [
        refusal('boundary-detached', idOf(node), 'a boundary event on an activity of its scope', 'it is on none'),
      ];
    if (/(Event|Gateway)$/.test(host.$type))
      return [
        refusal(
          'boundary-host',
          idOf(node),
          'a boundary event on an activity',
          `${idOf(host)} is a ${host.$type.replace('bpmn:', '')}`,
        ),
      ];
    if (isCompensation(node) && !handlers.has(idOf(host)))
      return [
        refusal('handler-missing', idOf(node), 'an association to the activity that compensates', 'there is none'),
      ];
    return [];
  });
};
