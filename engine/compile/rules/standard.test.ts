import { describe, expect, test } from 'vitest';
import { boundary, chain, definitions, element, flow, on, processOf, timer } from '../../../tests/spec/diagram.ts';
import { type Broken, brokenIn, drawn, messageFlow, pools } from '../../../tests/spec/level.ts';
import { checkDiagram } from '../check-diagram.ts';

const condition = '<bpmn:conditionExpression>=a</bpmn:conditionExpression>';
const link = (name: string) => on('link', '', `name="${name}"`);

/** What is broken, by which rule, at which element, and how it is drawn. */
const broken: readonly Broken[] = [
  [
    'a flow to a text annotation',
    'flow-to-artifact',
    'A_note',
    [drawn(element('textAnnotation', 'note'), flow('A', 'note'))],
  ],
  ['a flow out of a group', 'flow-to-artifact', 'g_A', [drawn(element('group', 'g'), flow('g', 'A'))]],
  ['a flow to a data object', 'flow-to-no-node', 'A_d', [drawn(element('dataObject', 'd'), flow('A', 'd'))]],
  [
    'a flow to an event sub-process',
    'flow-to-event-sub-process',
    'A_E',
    [drawn(element('subProcess', 'E', '', 'triggeredByEvent="true"'), flow('A', 'E'))],
  ],
  [
    'a flow a node does not list',
    'flow-not-listed',
    'A',
    [
      processOf(
        'p',
        element('startEvent', 'start', '<bpmn:outgoing>start_A</bpmn:outgoing>'),
        element('task', 'A'),
        flow('start', 'A'),
      ),
    ],
  ],
  [
    'a condition on the only way out of a task',
    'misplaced-condition',
    'C_end',
    [
      drawn(
        element('task', 'C'),
        flow('A', 'C'),
        `<bpmn:sequenceFlow id="C_end" sourceRef="C" targetRef="end">${condition}</bpmn:sequenceFlow>`,
      ),
    ],
  ],
  [
    'a condition on a flow out of a start event',
    'misplaced-condition',
    's_A',
    [
      drawn(
        element('startEvent', 's'),
        `<bpmn:sequenceFlow id="s_A" sourceRef="s" targetRef="A">${condition}</bpmn:sequenceFlow>`,
      ),
    ],
  ],
  [
    'a default flow with a condition',
    'default-with-condition',
    'C_end',
    [
      drawn(
        element('task', 'C', '', 'default="C_end"'),
        flow('A', 'C'),
        flow('C', 'B'),
        `<bpmn:sequenceFlow id="C_end" sourceRef="C" targetRef="end">${condition}</bpmn:sequenceFlow>`,
      ),
    ],
  ],
  ['a task nothing leads to', 'not-connected', 'C', [drawn(element('task', 'C'), flow('C', 'end'))]],
  ['a gateway nothing leaves', 'not-connected', 'g', [drawn(element('exclusiveGateway', 'g'), flow('A', 'g'))]],
  [
    'an end event nothing leads to',
    'not-connected',
    'end',
    [
      processOf(
        'p',
        element('startEvent', 'start'),
        element('endEvent', 'end'),
        element('task', 'A'),
        chain('start A'),
      ),
    ],
  ],
  [
    'a boundary event nothing leaves',
    'not-connected',
    'late',
    [drawn(boundary('late', 'A', timer('timeDuration', 'PT1H')))],
  ],
  [
    'an end event without a start event beside it',
    'start-missing',
    'p',
    [processOf('p', element('task', 'A'), element('endEvent', 'end'), chain('A end'))],
  ],
  [
    'a start event without an end event beside it',
    'end-missing',
    'p',
    [processOf('p', element('startEvent', 'start'), element('task', 'A'), chain('start A'))],
  ],
  [
    'a call of a process that waits for a message',
    'called-process-start',
    'call',
    [
      drawn(element('callActivity', 'call', '', 'calledElement="q"'), chain('A call B')),
      processOf('q', element('startEvent', 'qs', on('message')), element('endEvent', 'qe'), chain('qs qe')),
    ],
  ],
  [
    'a call of something that cannot be called',
    'not-callable',
    'call',
    [
      drawn(element('callActivity', 'call', '', 'calledElement="msg"'), chain('A call B')),
      element('message', 'msg', '', 'name="m"'),
    ],
  ],
  [
    'a gateway with one way in and one out',
    'useless-gateway',
    'g',
    [drawn(element('parallelGateway', 'g'), chain('A g B'))],
  ],
  [
    'a converging gateway that parts',
    'gateway-direction',
    'g',
    [drawn(element('exclusiveGateway', 'g', '', 'gatewayDirection="Converging"'), chain('A g B'), flow('g', 'end'))],
  ],
  [
    'an event-based gateway before a task',
    'event-gateway-targets',
    'g',
    [drawn(element('eventBasedGateway', 'g'), chain('A g B'))],
  ],
  [
    'a link in the flow',
    'link-in-flow',
    'out',
    [drawn(element('intermediateThrowEvent', 'out', link('x')), chain('A out B'))],
  ],
  [
    'a link that leads nowhere',
    'link-missing',
    'out',
    [drawn(element('intermediateThrowEvent', 'out', link('x')), flow('A', 'out'))],
  ],
  [
    'a link nobody takes',
    'link-source-missing',
    'in',
    [drawn(element('intermediateCatchEvent', 'in', link('x')), flow('in', 'B'))],
  ],
  ['a message flow inside a pool', 'message-flow', 'm', [pools(messageFlow('A', 'B')), drawn()]],
  ['a message flow from a pool to itself', 'message-flow', 'm', [pools(messageFlow('box', 'box')), drawn()]],
  ['a message flow out of a start event', 'message-flow', 'm', [pools(messageFlow('start', 'box')), drawn()]],
  ['a message flow to a plain start event', 'message-flow', 'm', [pools(messageFlow('box', 'start')), drawn()]],
  ['a message flow out of a plain end event', 'message-flow', 'm', [pools(messageFlow('end', 'box')), drawn()]],
  ['a message flow to an end event', 'message-flow', 'm', [pools(messageFlow('box', 'end')), drawn()]],
  [
    'a message flow to an annotation',
    'message-flow',
    'm',
    [pools(messageFlow('box', 'note')), drawn(element('textAnnotation', 'note'))],
  ],
  [
    'a choreography task in a process',
    'choreography-in-process',
    'C',
    [drawn(element('choreographyTask', 'C'), chain('A C B'))],
  ],
  [
    'a reference to a data object in the wrong state',
    'data-object-name',
    'r',
    [
      drawn(
        element('dataObject', 'd', '', 'name="Order"'),
        element('dataObjectReference', 'r', '<bpmn:dataState name="new" />', 'name="Order [old]" dataObjectRef="d"'),
      ),
    ],
  ],
  [
    'data inputs of a sub-process',
    'sub-process-io',
    'S',
    [
      drawn(
        element('subProcess', 'S', '<bpmn:ioSpecification><bpmn:inputSet /></bpmn:ioSpecification>'),
        chain('A S B'),
      ),
    ],
  ],
  [
    'a data output in no set',
    'data-without-set',
    'A2',
    [
      drawn(
        element(
          'task',
          'A2',
          '<bpmn:ioSpecification><bpmn:dataOutput id="o" /><bpmn:outputSet /></bpmn:ioSpecification>',
        ),
        chain('A A2 B'),
      ),
    ],
  ],
  [
    'a data association between items of two kinds',
    'data-association-items',
    'A2',
    [
      element('itemDefinition', 'one', '', 'structureRef="one"'),
      element('itemDefinition', 'two', '', 'structureRef="two"'),
      drawn(
        element('dataObject', 'd', '', 'itemSubjectRef="one"'),
        element(
          'task',
          'A2',
          '<bpmn:ioSpecification><bpmn:dataInput id="i" itemSubjectRef="two" /><bpmn:inputSet><bpmn:dataInputRefs>i</bpmn:dataInputRefs></bpmn:inputSet></bpmn:ioSpecification>' +
            '<bpmn:dataInputAssociation id="da"><bpmn:sourceRef>d</bpmn:sourceRef><bpmn:targetRef>i</bpmn:targetRef></bpmn:dataInputAssociation>',
        ),
        chain('A A2 B'),
      ),
    ],
  ],
  [
    'two sources of a plain data association',
    'data-association-sources',
    'A2',
    [
      drawn(
        element('dataObject', 'd'),
        element('dataObject', 'e'),
        element(
          'task',
          'A2',
          '<bpmn:dataInputAssociation id="da"><bpmn:sourceRef>d</bpmn:sourceRef><bpmn:sourceRef>e</bpmn:sourceRef></bpmn:dataInputAssociation>',
        ),
        chain('A A2 B'),
      ),
    ],
  ],
  [
    'a definition that belongs to another event',
    'shared-definition',
    'second',
    [
      drawn(
        element('intermediateThrowEvent', 'first', on('signal', '', 'id="own"')),
        element('intermediateThrowEvent', 'second', '<bpmn:eventDefinitionRef>own</bpmn:eventDefinitionRef>'),
        chain('A first second B'),
      ),
    ],
  ],
  [
    'an ad-hoc sub-process without activities',
    'ad-hoc-empty',
    'S',
    [drawn(element('adHocSubProcess', 'S'), chain('A S B'))],
  ],
  [
    'an end event in an ad-hoc sub-process',
    'ad-hoc-start-or-end',
    'e2',
    [drawn(element('adHocSubProcess', 'S', element('task', 'T') + element('endEvent', 'e2')), chain('A S B'))],
  ],
  [
    'a compensation handler in the flow',
    'compensation-handler-flow',
    'H',
    [drawn(element('task', 'H', '', 'isForCompensation="true"'), chain('A H B'))],
  ],
  [
    'a flow out of a compensation boundary event',
    'compensation-boundary-flow',
    'undo',
    [drawn(boundary('undo', 'A', on('compensate')), flow('undo', 'end'))],
  ],
  [
    'a condition in plain words',
    'informal-expression',
    'A_end',
    [
      drawn(
        `<bpmn:sequenceFlow id="A_end" sourceRef="A" targetRef="end"><bpmn:conditionExpression xsi:type="bpmn:tExpression">when ill</bpmn:conditionExpression></bpmn:sequenceFlow>`,
      ),
    ],
  ],
  [
    'an escalation without a code',
    'escalation-without-code',
    'up',
    [drawn(element('intermediateThrowEvent', 'up', on('escalation')), chain('A up B'))],
  ],
  [
    'a pool of fewer at most than at least',
    'participant-quantity',
    'own',
    [
      '<bpmn:collaboration id="c"><bpmn:participant id="own" processRef="p"><bpmn:participantMultiplicity minimum="3" maximum="2" /></bpmn:participant></bpmn:collaboration>',
      drawn(),
    ],
  ],
  [
    'a message event that names a signal',
    'reference-type',
    'wait_MessageEventDefinition_1',
    [
      element('signal', 'sig', '', 'name="s"'),
      drawn(element('intermediateCatchEvent', 'wait', on('message', '', 'messageRef="sig"')), chain('A wait B')),
    ],
  ],
  [
    'a receive task that starts cases in the middle of the flow',
    'instantiate-reached',
    'R',
    [drawn(element('receiveTask', 'R', '', 'instantiate="true"'), chain('A R B'))],
  ],
  [
    'a boundary event on an event sub-process',
    'boundary-host',
    'late',
    [
      drawn(
        element('subProcess', 'E', element('startEvent', 'es', on('signal')), 'triggeredByEvent="true"'),
        boundary('late', 'E', timer('timeDuration', 'PT1H')),
        flow('late', 'end'),
      ),
    ],
  ],
];

describe('a diagram that breaks the standard', () => {
  test.each(broken)('%s is named by %s', async (_, rule, elementId, roots) => {
    const findings = await brokenIn(...roots);
    expect(findings).toContainEqual(expect.objectContaining({ rule, elementId }));
    for (const { message } of findings) expect(message).toMatch(/^Expected .+, but .+/);
  });

  test('is looked at even where it is not executable', async () => {
    const notExecutable = drawn(flow('end', 'A')).replace('isExecutable="true"', 'isExecutable="false"');
    expect(await brokenIn(notExecutable)).toMatchObject([{ rule: 'flow-from-end' }]);
  });

  test('says which import cannot be had, and which id two files share', async () => {
    const importing = (location: string) =>
      `<bpmn:import importType="http://www.omg.org/spec/BPMN/20100524/MODEL" location="${location}" namespace="urn:test" />`;
    const files: Readonly<Record<string, string>> = {
      'shared.bpmn': definitions(importing('gone.bpmn'), processOf('q', element('task', 'A'))),
    };
    const imported = (location: string) => files[location];
    const own = definitions(importing('shared.bpmn'), processOf('p', element('task', 'A')));
    const rules = (await checkDiagram(own, { imported })).map(({ rule, path, elementId }) => [rule, path ?? elementId]);
    expect(rules).toEqual([
      ['duplicate-id', 'A'],
      ['import-missing', 'gone.bpmn'],
    ]);
  });
});

describe('a diagram that keeps the standard', () => {
  test('is met by nothing', async () => {
    const gateway = [
      element('exclusiveGateway', 'g'),
      element('task', 'C', '', 'default="C_end"'),
      chain('A g C end'),
      flow('g', 'B'),
      flow('C', 'B'),
    ];
    const handler = [
      boundary('undo', 'A', on('compensate')),
      element('task', 'H', '', 'isForCompensation="true"'),
      '<bpmn:association id="as" sourceRef="undo" targetRef="H" />',
    ];
    const links = [
      element('intermediateThrowEvent', 'out', link('x')),
      element('intermediateCatchEvent', 'in', link('x')),
      flow('A', 'out'),
      flow('in', 'B'),
    ];
    const collaboration = pools(messageFlow('A', 'box'));
    expect(await brokenIn(collaboration, drawn(...gateway, ...handler, ...links))).toEqual([]);
  });
});
