import { idOf } from '../../ir/bpmn-element.ts';
import type { LintRule } from '../2-lint.ts';
import { slip } from '../breach.ts';
import { typeName } from './ways.ts';

/** An ad-hoc sub-process holds activities, at least one, and neither starts nor ends. */
export const adHocContent: LintRule = ({ element, id, nodes }) => {
  if (element.$type !== 'bpmn:AdHocSubProcess') return [];
  const strange = nodes.filter(({ $type }) => $type === 'bpmn:StartEvent' || $type === 'bpmn:EndEvent');
  const activities = nodes.filter(({ $type }) => !/(Event|Gateway)$/.test($type));
  const empty = {
    rule: 'ad-hoc-empty',
    clause: '10.3.5',
    at: id,
    expected: 'an activity in the ad-hoc sub-process',
    but: 'there is none',
  };
  return [
    ...(activities.length === 0 ? [slip(empty)] : []),
    ...strange.map((node) =>
      slip({
        rule: 'ad-hoc-start-or-end',
        clause: '10.3.5',
        at: idOf(node),
        expected: 'no start or end event in an ad-hoc sub-process',
        but: `${idOf(node)} is a ${typeName(node)}`,
      }),
    ),
  ];
};
