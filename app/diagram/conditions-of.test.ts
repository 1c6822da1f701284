import { expect, test } from 'vitest';
import { conditionsOf } from './conditions-of.ts';

const bpmn = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="elsewhere">
  <process id="p" isExecutable="true">
    <startEvent id="s" />
    <sequenceFlow id="f1" sourceRef="s" targetRef="g" />
    <exclusiveGateway id="g" default="f3" />
    <sequenceFlow id="f2" sourceRef="g" targetRef="a"><conditionExpression>\${input == 1}</conditionExpression></sequenceFlow>
    <sequenceFlow id="f3" sourceRef="g" targetRef="b" />
    <userTask id="a" name="One" />
    <userTask id="b" name="Other" />
    <sequenceFlow id="f4" sourceRef="a" targetRef="e" />
    <sequenceFlow id="f5" sourceRef="b" targetRef="e" />
    <endEvent id="e" />
  </process>
</definitions>`;

test("a diagram's conditions are told as FEEL, those of other engines in translation", async () => {
  const pkg = { key: 'elsewhere', title: { 'zh-CN': '外来', en: 'Elsewhere' }, bpmn, forms: {}, decisions: {} };
  expect(await conditionsOf(pkg)).toEqual(['input = 1']);
});
