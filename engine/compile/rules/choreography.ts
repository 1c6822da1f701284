import { elementsOf, idOf, isElement } from '../../ir/bpmn-element.ts';
import type { LintRule, ModelRule } from '../2-lint.ts';
import { breach, slip } from '../breach.ts';
import { typeName } from './ways.ts';

/** Choreography activities belong in choreographies, never in a process or sub-process. */
export const choreographyInProcess: LintRule = ({ element, id, nodes }) =>
  nodes
    .filter(({ $type }) => /^bpmn:(ChoreographyTask|SubChoreography|CallChoreography)$/.test($type))
    .map((node) =>
      breach({
        rule: 'choreography-in-process',
        clause: element.$type === 'bpmn:Process' ? '10.2' : '10.3.5',
        at: idOf(node),
        expected: `no choreography activity in ${id}`,
        but: `${idOf(node)} is a ${typeName(node)}`,
      }),
    );

/** A choreography or global conversation refers to no choreography. */
export const choreographyReference: ModelRule = ({ model }) =>
  elementsOf(model.definitions, 'rootElements')
    .filter(({ $type }) => $type === 'bpmn:Choreography' || $type === 'bpmn:GlobalConversation')
    .filter((one) => elementsOf(one, 'choreographyRef').length > 0 || isElement(one.get('choreographyRef')))
    .map((one) =>
      slip({
        rule: 'choreography-reference',
        clause: '9.2',
        at: idOf(one),
        expected: `no reference to a choreography from a ${typeName(one)}`,
        but: 'there is one',
      }),
    );
