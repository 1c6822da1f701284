import { describe, expect, test } from 'vitest';
import { CaseRun, compiled, findingsOf } from '../../../tests/spec/case-run.ts';
import { chain, element, flow, processOf } from '../../../tests/spec/diagram.ts';
import { extensionOf, textOf } from '../../ir/bpmn-element.ts';
import { readBpmn } from '../read-bpmn.ts';

const engines = {
  camunda: 'http://camunda.org/schema/1.0/bpmn',
  operaton: 'http://operaton.org/schema/1.0/bpmn',
  flowable: 'http://flowable.org/bpmn',
  activiti: 'http://activiti.org/bpmn',
  jbpm: 'http://www.jboss.org/drools',
};

/** A flow of one element in the words of an engine, with the prefix `v` for it. */
function inWords(engine: keyof typeof engines, one: string): string {
  return processOf('p', element('startEvent', 'start'), one, chain('start A')).replace(
    '<bpmn:process ',
    `<bpmn:process xmlns:v="${engines[engine]}" `,
  );
}

async function elementOf(xml: string, id = 'A') {
  const { definitions } = await import('../../../tests/spec/diagram.ts');
  const { model, findings } = await readBpmn(definitions(xml));
  return { element: model?.byId.get(id), findings };
}

const user = (attributes: string, content = '') => element('userTask', 'A', content, attributes);
const extended = (content: string) => `<bpmn:extensionElements>${content}</bpmn:extensionElements>`;

/** A user task with a data input as jBPM writes it. */
const withInput = (name: string, value: string, mark = ' v:dtype="String"') =>
  user(
    '',
    `<bpmn:ioSpecification id="io"><bpmn:dataInput id="di" name="${name}"${mark}/><bpmn:inputSet id="is"><bpmn:dataInputRefs>di</bpmn:dataInputRefs></bpmn:inputSet><bpmn:outputSet id="os"/></bpmn:ioSpecification><bpmn:dataInputAssociation id="a"><bpmn:targetRef>di</bpmn:targetRef><bpmn:assignment><bpmn:from>${value}</bpmn:from><bpmn:to>di</bpmn:to></bpmn:assignment></bpmn:dataInputAssociation>`,
  );

test('an input called as the people of another engine is an input like any other without its mark', async () => {
  const { element: read } = await elementOf(inWords('jbpm', withInput('GroupId', 'nurse', '')));
  expect(read && extensionOf(read, 'zeebe:AssignmentDefinition')).toBeUndefined();
});

describe('attributes', () => {
  test.each([
    ['camunda', user('v:assignee="dr-wang"'), 'zeebe:AssignmentDefinition', 'assignee', 'dr-wang'],
    ['operaton', user(`v:assignee="\${starter}"`), 'zeebe:AssignmentDefinition', 'assignee', '=starter'],
    ['activiti', user('v:candidateUsers="a, b"'), 'zeebe:AssignmentDefinition', 'candidateUsers', 'a, b'],
    ['flowable', user('v:candidateGroups="nurse"'), 'zeebe:AssignmentDefinition', 'candidateGroups', 'nurse'],
    ['flowable', user(`v:dueDate="\${due}"`), 'zeebe:TaskSchedule', 'dueDate', '=due'],
    ['camunda', user('v:dueDate="PT4H"'), 'zeebe:TaskSchedule', 'dueDate', '=now() + duration("PT4H")'],
    [
      'camunda',
      user('v:followUpDate="2026-03-02T08:00:00Z"'),
      'zeebe:TaskSchedule',
      'followUpDate',
      '2026-03-02T08:00:00Z',
    ],
    ['camunda', user('v:priority="70"'), 'zeebe:PriorityDefinition', 'priority', '70'],
    ['flowable', user('v:formKey="request"'), 'zeebe:FormDefinition', 'formId', 'request'],
    ['camunda', user('v:formRef="request"'), 'zeebe:FormDefinition', 'formId', 'request'],
    [
      'camunda',
      element('serviceTask', 'A', '', 'v:type="external" v:topic="pay"'),
      'zeebe:TaskDefinition',
      'type',
      'pay',
    ],
    [
      'flowable',
      element('serviceTask', 'A', '', 'v:type="external-worker" v:topic="pay"'),
      'zeebe:TaskDefinition',
      'type',
      'pay',
    ],
    [
      'camunda',
      element('businessRuleTask', 'A', '', 'v:decisionRef="dose" v:resultVariable="mg"'),
      'zeebe:CalledDecision',
      'decisionId',
      'dose',
    ],
    [
      'camunda',
      element('businessRuleTask', 'A', '', 'v:decisionRef="dose" v:resultVariable="mg"'),
      'zeebe:CalledDecision',
      'resultVariable',
      'mg',
    ],
    [
      'activiti',
      element('scriptTask', 'A', `<bpmn:script>\${a + b}</bpmn:script>`, 'v:resultVariable="c"'),
      'zeebe:Script',
      'expression',
      '=a + b',
    ],
    [
      'activiti',
      element(
        'scriptTask',
        'A',
        `<bpmn:script>execution.setVariable("c", a * 2);</bpmn:script>`,
        'scriptFormat="javascript"',
      ),
      'zeebe:Script',
      'resultVariable',
      'c',
    ],
    [
      'flowable',
      element('scriptTask', 'A', '<bpmn:script>var total = price * count</bpmn:script>', 'scriptFormat="groovy"'),
      'zeebe:Script',
      'expression',
      '=price * count',
    ],
    [
      'jbpm',
      user(
        '',
        '<bpmn:potentialOwner><bpmn:resourceAssignmentExpression><bpmn:formalExpression>user(a), group(nurse)</bpmn:formalExpression></bpmn:resourceAssignmentExpression></bpmn:potentialOwner>',
      ),
      'zeebe:AssignmentDefinition',
      'candidateUsers',
      'a',
    ],
    ['jbpm', withInput('ActorId', 'dr-wang'), 'zeebe:AssignmentDefinition', 'assignee', 'dr-wang'],
    ['jbpm', withInput('ActorId', 'dr-wang, dr-li'), 'zeebe:AssignmentDefinition', 'candidateUsers', 'dr-wang, dr-li'],
    ['jbpm', withInput('ActorId', '#{boss}'), 'zeebe:AssignmentDefinition', 'assignee', '=boss'],
    ['jbpm', withInput('GroupId', 'nurse'), 'zeebe:AssignmentDefinition', 'candidateGroups', 'nurse'],
    [
      'activiti',
      user(
        '',
        `<bpmn:humanPerformer><bpmn:resourceAssignmentExpression><bpmn:formalExpression>\${boss}</bpmn:formalExpression></bpmn:resourceAssignmentExpression></bpmn:humanPerformer>`,
      ),
      'zeebe:AssignmentDefinition',
      'assignee',
      '=boss',
    ],
    [
      'camunda',
      element('callActivity', 'A', extended('<v:in source="a" target="b"/>'), 'calledElement="p"'),
      'zeebe:CalledElement',
      'propagateAllParentVariables',
      'false',
    ],
    [
      'camunda',
      element('callActivity', 'A', extended('<v:in variables="all"/>'), 'calledElement="p"'),
      'zeebe:CalledElement',
      'propagateAllParentVariables',
      'true',
    ],
  ] as const)('%s: %s is read as %s %s=%s', async (engine, one, type, property, value) => {
    const read = await elementOf(inWords(engine, one));
    const extension = read.element && extensionOf(read.element, type);
    expect(String(extension?.get(property))).toBe(value);
    expect(read.findings.filter(({ rule }) => rule === 'vendor-translated').length).toBeGreaterThan(0);
    expect(read.findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  test.each([
    ['camunda', user('v:asyncBefore="true"'), 'vendor-ignored', 'own-transactions'],
    ['flowable', element('serviceTask', 'A', '', 'v:class="com.acme.Pay"'), 'vendor-untranslated', 'program'],
    ['camunda', element('serviceTask', 'A', '', `v:delegateExpression="\${pay}"`), 'vendor-untranslated', 'program'],
    ['flowable', element('serviceTask', 'A', '', 'v:type="http"'), 'vendor-untranslated', 'built-in-task'],
    ['camunda', user('v:formKey="embedded:app:forms/a.html"'), 'vendor-untranslated', 'foreign-form'],
    ['camunda', user(`v:assignee="\${bean.who()}"`), 'vendor-untranslated', 'expression'],
    ['camunda', user('', extended('<v:taskListener event="create" class="x"/>')), 'vendor-untranslated', 'listener'],
    ['camunda', user('v:neverHeardOf="x"'), 'vendor-untranslated', 'unknown'],
    [
      'camunda',
      element('scriptTask', 'A', '<bpmn:script>for (i in a) { b(i) }</bpmn:script>', 'scriptFormat="groovy"'),
      'vendor-untranslated',
      'script',
    ],
    ['jbpm', element('task', 'A', '', 'v:taskName="Email"'), 'vendor-untranslated', 'built-in-task'],
    [
      'camunda',
      user('v:assignee="x"', extended('<zeebe:assignmentDefinition assignee="y"/>')),
      'vendor-ignored',
      'said-here',
    ],
  ] as const)('%s: %s is told as %s because of %s', async (engine, one, rule, because) => {
    const { findings } = await elementOf(inWords(engine, one));
    expect(findings).toContainEqual(
      expect.objectContaining({ rule, elementId: 'A', params: expect.objectContaining({ because }) }),
    );
  });

  test('of namespaces nobody runs are no matter', async () => {
    const xml = inWords('camunda', user('v:colour="red"')).replace(engines.camunda, 'urn:some:drawing:tool');
    expect((await elementOf(xml)).findings).toEqual([]);
  });
});

describe('a flow in the words of another engine', () => {
  test('gives its task to whom it says', async () => {
    const xml = inWords('camunda', user('v:candidateUsers="dr-wang" v:dueDate="PT1H"'));
    const run = new CaseRun(await compiled(xml)).start();
    const [open] = run.view.tasks;
    expect(open?.eligibility).toMatchObject({ roles: [], persons: ['dr-wang'] });
    expect(open?.dueAt).toBeDefined();
  });

  test('maps what goes in and out', async () => {
    const inputs = `<v:inputOutput>
      <v:inputParameter name="text">A &amp; B</v:inputParameter>
      <v:inputParameter name="sum">\${a + 1}</v:inputParameter>
      <v:inputParameter name="list"><v:list><v:value>x</v:value><v:value>\${a}</v:value></v:list></v:inputParameter>
      <v:inputParameter name="map"><v:map><v:entry key="k">\${a}</v:entry></v:map></v:inputParameter>
      <v:outputParameter name="result">\${sum * 2}</v:outputParameter>
    </v:inputOutput>`;
    const xml = inWords('camunda', user('', extended(inputs)));
    const run = new CaseRun(await compiled(xml)).start({ a: 2 });
    expect(run.view.tasks[0]?.input).toEqual({
      ...{ text: 'A & B', sum: 3, list: ['x', 2], map: { k: 2 } },
    });
    run.complete('A');
    expect(run.variables).toMatchObject({ result: 6 });
  });

  test('repeats over its collection', async () => {
    const loop = element(
      'userTask',
      'A',
      `<bpmn:multiInstanceLoopCharacteristics v:collection="\${people}" v:elementVariable="one"><bpmn:completionCondition>\${nrOfCompletedInstances &gt;= 1}</bpmn:completionCondition></bpmn:multiInstanceLoopCharacteristics>`,
    );
    const run = new CaseRun(await compiled(inWords('flowable', loop))).start({ people: ['a', 'b'] });
    expect(run.tasks).toEqual(['A', 'A']);
    run.complete('A');
    expect(run.tasks).toEqual([]);
  });

  test('takes the way its condition says, in Java as well', async () => {
    const java = flow('gateway', 'A', 'return amount > 100;').replace(
      '<bpmn:conditionExpression ',
      '<bpmn:conditionExpression language="http://www.java.com/java" ',
    );
    const xml = processOf(
      'p',
      element('startEvent', 'start') + element('exclusiveGateway', 'gateway', '', 'default="gateway_B"'),
      element('userTask', 'A') + element('userTask', 'B') + chain('start gateway B') + java,
    );
    expect(new CaseRun(await compiled(xml)).start({ amount: 200 }).tasks).toEqual(['A']);
  });
});

test('what is not said here is named together with the refusal', async () => {
  const xml = inWords('camunda', element('serviceTask', 'A', '', 'v:class="com.acme.Pay"'));
  const findings = await findingsOf(xml);
  expect(findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['vendor-untranslated', 'job-type-missing']));
  expect(findings.map((finding) => textOf({ $type: 'x', get: () => finding.message }, 'x'))).toContainEqual(
    expect.stringContaining('v:class is written for camunda'),
  );
});
