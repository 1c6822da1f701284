import { expect, it } from 'vitest';
import { localiseDiagram } from './localise-diagram.ts';
import { readDiagram } from './read-diagram.server.ts';

const xml = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:clinical="urn:meridian:clinical:1" targetNamespace="t">
  <bpmn:process id="main" name="主流程" clinical:nameEn="Main" isExecutable="true" clinical:patientKey="=patient.patientId">
    <bpmn:startEvent id="Start" name="开始" clinical:startForm="order" />
    <bpmn:userTask clinical:nameEn="Pay $5 &amp; go" id="Pay" name="缴费" clinical:print="slip" />
    <bpmn:sequenceFlow id="f" sourceRef="Start" targetRef="Pay"><bpmn:conditionExpression><![CDATA[=a < 3]]></bpmn:conditionExpression></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="g" sourceRef="Start" targetRef="Pay"><bpmn:conditionExpression>=a &gt; 3</bpmn:conditionExpression></bpmn:sequenceFlow>
    <bpmn:callActivity id="Call"><bpmn:extensionElements><zeebe:calledElement processId="part" /></bpmn:extensionElements></bpmn:callActivity>
  </bpmn:process>
  <bpmn:process id="part" isExecutable="true"><bpmn:startEvent id="Part" /></bpmn:process>
</bpmn:definitions>`;

it('shows English names where the diagram has them', () => {
  expect(localiseDiagram(xml, 'zh-CN')).toBe(xml);
  const english = localiseDiagram(xml, 'en');
  expect(english).toContain('name="Pay $5 &amp; go" clinical:print="slip"');
  expect(english).toContain('name="开始"');
  expect(english).not.toContain('缴费');
});

it('reads starts, patients, calls and names', async () => {
  const { elements, processes } = await readDiagram(xml);
  expect(processes).toEqual([
    {
      id: 'main',
      name: { 'zh-CN': '主流程', en: 'Main' },
      start: { eventId: 'Start', formId: 'order' },
      patient: 'required',
      called: false,
    },
    { id: 'part', name: { 'zh-CN': 'part', en: 'part' }, start: { eventId: 'Part' }, patient: 'none', called: true },
  ]);
  expect(elements.get('Pay')).toMatchObject({ type: 'UserTask', print: 'slip', name: { en: 'Pay $5 & go' } });
});
