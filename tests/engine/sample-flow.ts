import type { ProcessPackage } from '../../engine/index.ts';

/** A flow with one of everything the runtime deals with: task, job, timer, message in both directions, message start. */
export function sampleFlow(key = 'sample', body = sampleBody): ProcessPackage {
  return { key, title: { 'zh-CN': '样例', en: 'Sample' }, bpmn: wrap(body), forms: {}, decisions: {} };
}

function wrap(body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
  xmlns:clinical="urn:meridian:clinical:1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="Definitions_1"
  targetNamespace="urn:test">
  <bpmn:message id="M_Paid" name="payment.confirmed"><bpmn:extensionElements><zeebe:subscription correlationKey="=orderNo"/></bpmn:extensionElements></bpmn:message>
  <bpmn:message id="M_Asked" name="refund.asked"/>
  ${body}
</bpmn:definitions>`;
}

const seq = (id: string, from: string, to: string) =>
  `<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}"/>`;

/** One task by a clerk, then the end. */
export const oneTaskBody = `<bpmn:process id="Sample" isExecutable="true" clinical:patientKey="=patient.patientId" clinical:businessKey="=orderNo">
  <bpmn:startEvent id="S1"><bpmn:outgoing>F1</bpmn:outgoing></bpmn:startEvent>
  <bpmn:userTask id="A1_Charge" name="收费"><bpmn:extensionElements><zeebe:userTask/>
    <zeebe:assignmentDefinition candidateGroups="clerk"/><zeebe:taskSchedule dueDate="=now() + duration(&quot;PT2H&quot;)"/>
    <clinical:eligibility onDuty="true"/></bpmn:extensionElements><bpmn:incoming>F1</bpmn:incoming><bpmn:outgoing>F2</bpmn:outgoing></bpmn:userTask>
  <bpmn:endEvent id="E1"><bpmn:incoming>F2</bpmn:incoming></bpmn:endEvent>
  ${seq('F1', 'S1', 'A1_Charge')}${seq('F2', 'A1_Charge', 'E1')}
</bpmn:process>`;

/** A connector's job, then the end; an error `refused` leads to another end. */
export const oneJobBody = `<bpmn:process id="Sample" isExecutable="true">
  <bpmn:startEvent id="S1"><bpmn:outgoing>F1</bpmn:outgoing></bpmn:startEvent>
  <bpmn:serviceTask id="B1_Refund"><bpmn:extensionElements><zeebe:taskDefinition type="payment.refund" retries="2"/></bpmn:extensionElements>
    <bpmn:incoming>F1</bpmn:incoming><bpmn:outgoing>F2</bpmn:outgoing></bpmn:serviceTask>
  <bpmn:boundaryEvent id="X1_Refused" attachedToRef="B1_Refund"><bpmn:outgoing>F3</bpmn:outgoing><bpmn:errorEventDefinition id="ED1" errorRef="Err1"/></bpmn:boundaryEvent>
  <bpmn:endEvent id="E1_Done"><bpmn:incoming>F2</bpmn:incoming></bpmn:endEvent>
  <bpmn:endEvent id="E2_Refused"><bpmn:incoming>F3</bpmn:incoming></bpmn:endEvent>
  ${seq('F1', 'S1', 'B1_Refund')}${seq('F2', 'B1_Refund', 'E1_Done')}${seq('F3', 'X1_Refused', 'E2_Refused')}
</bpmn:process><bpmn:error id="Err1" name="refused" errorCode="refused"/>`;

/** Waits for payment or 72 hours. */
export const waitingBody = `<bpmn:process id="Sample" isExecutable="true">
  <bpmn:startEvent id="S1"><bpmn:outgoing>F1</bpmn:outgoing></bpmn:startEvent>
  <bpmn:eventBasedGateway id="G1"><bpmn:incoming>F1</bpmn:incoming><bpmn:outgoing>F2</bpmn:outgoing><bpmn:outgoing>F3</bpmn:outgoing></bpmn:eventBasedGateway>
  <bpmn:intermediateCatchEvent id="E1_Paid"><bpmn:incoming>F2</bpmn:incoming><bpmn:outgoing>F4</bpmn:outgoing><bpmn:messageEventDefinition id="MD1" messageRef="M_Paid"/></bpmn:intermediateCatchEvent>
  <bpmn:intermediateCatchEvent id="T1_Unpaid"><bpmn:incoming>F3</bpmn:incoming><bpmn:outgoing>F5</bpmn:outgoing><bpmn:timerEventDefinition id="TD1"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT72H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
  <bpmn:endEvent id="E2_Paid"><bpmn:incoming>F4</bpmn:incoming></bpmn:endEvent>
  <bpmn:endEvent id="E3_Expired"><bpmn:incoming>F5</bpmn:incoming></bpmn:endEvent>
  ${seq('F1', 'S1', 'G1')}${seq('F2', 'G1', 'E1_Paid')}${seq('F3', 'G1', 'T1_Unpaid')}${seq('F4', 'E1_Paid', 'E2_Paid')}${seq('F5', 'T1_Unpaid', 'E3_Expired')}
</bpmn:process>`;

/** Begins when a refund is asked for by message. */
export const messageStartBody = `<bpmn:process id="Sample" isExecutable="true">
  <bpmn:startEvent id="S1_Asked"><bpmn:outgoing>F1</bpmn:outgoing><bpmn:messageEventDefinition id="MD1" messageRef="M_Asked"/></bpmn:startEvent>
  <bpmn:userTask id="A1_Look"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements><bpmn:incoming>F1</bpmn:incoming><bpmn:outgoing>F2</bpmn:outgoing></bpmn:userTask>
  <bpmn:endEvent id="E1"><bpmn:incoming>F2</bpmn:incoming></bpmn:endEvent>
  ${seq('F1', 'S1_Asked', 'A1_Look')}${seq('F2', 'A1_Look', 'E1')}
</bpmn:process>`;

/** Begins every day at 08:00 in the hospital's zone, three times. */
export const timerStartBody = messageStartBody.replace(
  '<bpmn:messageEventDefinition id="MD1" messageRef="M_Asked"/>',
  '<bpmn:timerEventDefinition id="TD1"><bpmn:timeCycle xsi:type="bpmn:tFormalExpression">R3/2026-03-03T08:00:00+08:00/P1D</bpmn:timeCycle></bpmn:timerEventDefinition>',
);

/** Task, job, message, task: what a killed process must bring to its end exactly once. */
export const crashBody = `<bpmn:process id="Sample" isExecutable="true">
  <bpmn:startEvent id="S1"><bpmn:outgoing>F1</bpmn:outgoing></bpmn:startEvent>
  <bpmn:userTask id="A1_Charge"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements><bpmn:incoming>F1</bpmn:incoming><bpmn:outgoing>F2</bpmn:outgoing></bpmn:userTask>
  <bpmn:serviceTask id="B1_Refund"><bpmn:extensionElements><zeebe:taskDefinition type="payment.refund" retries="3"/></bpmn:extensionElements><bpmn:incoming>F2</bpmn:incoming><bpmn:outgoing>F3</bpmn:outgoing></bpmn:serviceTask>
  <bpmn:intermediateCatchEvent id="E1_Paid"><bpmn:incoming>F3</bpmn:incoming><bpmn:outgoing>F4</bpmn:outgoing><bpmn:messageEventDefinition id="MD1" messageRef="M_Paid"/></bpmn:intermediateCatchEvent>
  <bpmn:userTask id="A2_Hand"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements><bpmn:incoming>F4</bpmn:incoming><bpmn:outgoing>F5</bpmn:outgoing></bpmn:userTask>
  <bpmn:endEvent id="E2"><bpmn:incoming>F5</bpmn:incoming></bpmn:endEvent>
  ${seq('F1', 'S1', 'A1_Charge')}${seq('F2', 'A1_Charge', 'B1_Refund')}${seq('F3', 'B1_Refund', 'E1_Paid')}${seq('F4', 'E1_Paid', 'A2_Hand')}${seq('F5', 'A2_Hand', 'E2')}
</bpmn:process>`;

const sampleBody = oneTaskBody;
