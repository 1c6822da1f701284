import type { ProcessPackage } from '../../engine/index.ts';

const escapeXml = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

/** A flow to begin with: start, one task for a doctor, end. It can be published as it is. */
export function blankPackage(
  key: string,
  title: ProcessPackage['title'],
  names: Readonly<Record<'start' | 'task' | 'end', readonly [zh: string, en: string]>>,
): ProcessPackage {
  const named = ([zh, en]: readonly [string, string]) => `name="${escapeXml(zh)}" clinical:nameEn="${escapeXml(en)}"`;
  const id = key.replaceAll('-', '_');
  const bpmn = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:clinical="urn:meridian:clinical:1" id="Definitions_${id}" targetNamespace="urn:meridian:flows">
  <bpmn:process id="${id}" ${named([title['zh-CN'], title.en])} isExecutable="true">
    <bpmn:startEvent id="Start" ${named(names.start)}><bpmn:outgoing>Flow_1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="Flow_1" sourceRef="Start" targetRef="Task_1" />
    <bpmn:userTask id="Task_1" ${named(names.task)}>
      <bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="doctor" /></bpmn:extensionElements>
      <bpmn:incoming>Flow_1</bpmn:incoming><bpmn:outgoing>Flow_2</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="Flow_2" sourceRef="Task_1" targetRef="End" />
    <bpmn:endEvent id="End" ${named(names.end)}><bpmn:incoming>Flow_2</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
  <bpmndi:BPMNDiagram id="Diagram"><bpmndi:BPMNPlane id="Plane" bpmnElement="${id}">
    <bpmndi:BPMNShape id="Start_di" bpmnElement="Start"><dc:Bounds x="160" y="102" width="36" height="36" /></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="Task_1_di" bpmnElement="Task_1"><dc:Bounds x="260" y="80" width="100" height="80" /></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="End_di" bpmnElement="End"><dc:Bounds x="430" y="102" width="36" height="36" /></bpmndi:BPMNShape>
    <bpmndi:BPMNEdge id="Flow_1_di" bpmnElement="Flow_1"><di:waypoint x="196" y="120" /><di:waypoint x="260" y="120" /></bpmndi:BPMNEdge>
    <bpmndi:BPMNEdge id="Flow_2_di" bpmnElement="Flow_2"><di:waypoint x="360" y="120" /><di:waypoint x="430" y="120" /></bpmndi:BPMNEdge>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>
`;
  return { key, title, bpmn, forms: {}, decisions: {} };
}
