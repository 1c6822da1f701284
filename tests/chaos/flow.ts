import type { FormDocument, ProcessPackage } from '../../engine/index.ts';

/** Key of the flow, its process and everything a case of it does exactly once. */
export const flowKey = 'chaos';

/** How often a case completes each element on its way from start to end. */
export const wholeWay: Readonly<Record<string, number>> = {
  ...{ S1_Asked: 1, A1_Register: 1, G1_Fork: 1, A2_Check: 1, B1_Collect: 1, T1_Rest: 1, E1_Tell: 1, E2_Told: 1 },
  ...{ G2_Join: 1, A3_Hand: 1, E3_Done: 1 },
};

/** Variables the tasks leave what they were handed in. */
export const marks = ['markOfA1', 'markOfA2', 'markOfA3'] as const;

/** What a case collects, in fen. */
export const price = 100;

const seq = (id: string, from: string, to: string) =>
  `<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}"/>`;
const flows = (into: readonly string[], out: readonly string[]) =>
  [
    ...into.map((id) => `<bpmn:incoming>${id}</bpmn:incoming>`),
    ...out.map((id) => `<bpmn:outgoing>${id}</bpmn:outgoing>`),
  ].join('');

const task = (id: string, name: string, mark: string, into: string, out: string) => `
  <bpmn:userTask id="${id}" name="${name}" clinical:nameEn="${id}"><bpmn:extensionElements><zeebe:userTask/>
    <zeebe:formDefinition formId="mark"/><zeebe:assignmentDefinition candidateGroups="clerk"/>
    <zeebe:ioMapping><zeebe:output source="=mark" target="${mark}"/></zeebe:ioMapping></bpmn:extensionElements>
    ${flows([into], [out])}</bpmn:userTask>`;

/** One of everything that a kill may catch half done: tasks, a payment, a timer, a message to itself, a fork and a join. */
const bpmn = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
  xmlns:clinical="urn:meridian:clinical:1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="Definitions_chaos" targetNamespace="urn:test">
  <bpmn:message id="M_Told" name="chaos.told"><bpmn:extensionElements><zeebe:subscription correlationKey="=orderNo"/></bpmn:extensionElements></bpmn:message>
  <bpmn:process id="chaos" name="故障演练" clinical:nameEn="Chaos" isExecutable="true" clinical:businessKey="=orderNo">
  <bpmn:startEvent id="S1_Asked"><bpmn:extensionElements><zeebe:formDefinition formId="opening"/></bpmn:extensionElements>${flows([], ['F1'])}</bpmn:startEvent>
  ${task('A1_Register', '登记', 'markOfA1', 'F1', 'F2')}
  <bpmn:parallelGateway id="G1_Fork">${flows(['F2'], ['F3', 'F4', 'F5', 'F6', 'F7'])}</bpmn:parallelGateway>
  ${task('A2_Check', '核对', 'markOfA2', 'F3', 'F8')}
  <bpmn:serviceTask id="B1_Collect"><bpmn:extensionElements><zeebe:taskDefinition type="payment.collect" retries="30"/>
    <zeebe:ioMapping><zeebe:input source="=orderNo" target="saleNo"/><zeebe:input source="=[{channel: &quot;wechat&quot;, amount: ${price}}]" target="payments"/></zeebe:ioMapping>
    </bpmn:extensionElements>${flows(['F4'], ['F9'])}</bpmn:serviceTask>
  <bpmn:intermediateCatchEvent id="T1_Rest">${flows(['F5'], ['F10'])}<bpmn:timerEventDefinition id="TD1"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT1S</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
  <bpmn:intermediateThrowEvent id="E1_Tell"><bpmn:extensionElements><clinical:publish messageName="chaos.told" correlationKey="=orderNo"/></bpmn:extensionElements>
    ${flows(['F6'], ['F11'])}<bpmn:messageEventDefinition id="MD1" messageRef="M_Told"/></bpmn:intermediateThrowEvent>
  <bpmn:intermediateCatchEvent id="E2_Told">${flows(['F7'], ['F12'])}<bpmn:messageEventDefinition id="MD2" messageRef="M_Told"/></bpmn:intermediateCatchEvent>
  <bpmn:parallelGateway id="G2_Join">${flows(['F8', 'F9', 'F10', 'F11', 'F12'], ['F13'])}</bpmn:parallelGateway>
  ${task('A3_Hand', '交付', 'markOfA3', 'F13', 'F14')}
  <bpmn:endEvent id="E3_Done">${flows(['F14'], [])}</bpmn:endEvent>
  ${seq('F1', 'S1_Asked', 'A1_Register')}${seq('F2', 'A1_Register', 'G1_Fork')}
  ${seq('F3', 'G1_Fork', 'A2_Check')}${seq('F4', 'G1_Fork', 'B1_Collect')}${seq('F5', 'G1_Fork', 'T1_Rest')}${seq('F6', 'G1_Fork', 'E1_Tell')}${seq('F7', 'G1_Fork', 'E2_Told')}
  ${seq('F8', 'A2_Check', 'G2_Join')}${seq('F9', 'B1_Collect', 'G2_Join')}${seq('F10', 'T1_Rest', 'G2_Join')}${seq('F11', 'E1_Tell', 'G2_Join')}${seq('F12', 'E2_Told', 'G2_Join')}
  ${seq('F13', 'G2_Join', 'A3_Hand')}${seq('F14', 'A3_Hand', 'E3_Done')}
  </bpmn:process>
</bpmn:definitions>`;

/** A form of one text that must be given. */
function formOf(property: string, title: string, titleEn: string): FormDocument {
  const named = { type: 'string', title, 'x-i18n': { en: { title: titleEn } } };
  return {
    schema: {
      type: 'object',
      title,
      additionalProperties: false,
      required: [property],
      properties: { [property]: named },
    },
    ui: {},
  };
}

/** The flow the clients work on. */
export const chaosFlow: ProcessPackage = {
  key: flowKey,
  title: { 'zh-CN': '故障演练', en: 'Chaos' },
  bpmn,
  forms: { mark: formOf('mark', '标记', 'Mark'), opening: formOf('orderNo', '单号', 'Order number') },
  decisions: {},
};
