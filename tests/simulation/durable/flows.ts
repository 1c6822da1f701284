import type { ProcessPackage } from '../../../engine/index.ts';

/** Order of a pair of elements that the same person may not complete: `later` not by who did `earlier`. */
export type Separation = { readonly later: string; readonly earlier: string };

const separated: readonly Separation[] = [
  { later: 'A2_Check', earlier: 'A1_Ask' },
  { later: 'A4_Close', earlier: 'A1_Ask' },
  { later: 'A4_Close', earlier: 'A2_Check' },
];

/** What the flows demand, told apart from the diagrams so that it can be held against what came of them. */
export const separations: readonly Separation[] = separated;

const task = (id: string, more = '') =>
  `<bpmn:userTask id="${id}"><bpmn:extensionElements><zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="staff"/>${eligibility(id)}</bpmn:extensionElements>${more}</bpmn:userTask>`;

function eligibility(id: string): string {
  const earlier = separated.filter(({ later }) => later === id).map((pair) => pair.earlier);
  return earlier.length === 0 ? '' : `<clinical:eligibility notActorOf="${earlier.join(' ')}" override="documented"/>`;
}

const job = (id: string, type: string, retries: number) =>
  `<bpmn:serviceTask id="${id}"><bpmn:extensionElements><zeebe:taskDefinition type="${type}" retries="${retries}"/>` +
  `<zeebe:ioMapping><zeebe:input source="=amount" target="amount"/></zeebe:ioMapping></bpmn:extensionElements></bpmn:serviceTask>`;

const duration = (time: string) =>
  `<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">${time}</bpmn:timeDuration></bpmn:timerEventDefinition>`;

const boundary = (id: string, on: string, definition: string, interrupting = true) =>
  `<bpmn:boundaryEvent id="${id}" attachedToRef="${on}" cancelActivity="${interrupting}">${definition}</bpmn:boundaryEvent>`;

const catching = (id: string, definition: string) =>
  `<bpmn:intermediateCatchEvent id="${id}">${definition}</bpmn:intermediateCatchEvent>`;

const message = (ref: string) => `<bpmn:messageEventDefinition messageRef="${ref}"/>`;

const publishing = (id: string, ref: string, inputs: readonly string[]) =>
  `<bpmn:intermediateThrowEvent id="${id}"><bpmn:extensionElements><clinical:publish messageName="${names[ref]}" correlationKey="=orderNo"/><zeebe:ioMapping>${inputs
    .map((name) => `<zeebe:input source="=${name}" target="${name}"/>`)
    .join('')}</zeebe:ioMapping></bpmn:extensionElements>${message(ref)}</bpmn:intermediateThrowEvent>`;

const names: Readonly<Record<string, string>> = {
  M_Asked: 'refund.asked',
  M_Done: 'refund.done',
  M_Moved: 'patient.transferred',
};

const declarations = `
  <bpmn:message id="M_Asked" name="refund.asked"><bpmn:extensionElements><zeebe:subscription correlationKey="=orderNo"/></bpmn:extensionElements></bpmn:message>
  <bpmn:message id="M_Done" name="refund.done"><bpmn:extensionElements><zeebe:subscription correlationKey="=orderNo"/></bpmn:extensionElements></bpmn:message>
  <bpmn:message id="M_Moved" name="patient.transferred"><bpmn:extensionElements><zeebe:subscription correlationKey="=patientId"/></bpmn:extensionElements></bpmn:message>
  ${(['Call', 'Sure', 'Back'] as const)
    .map(
      (name) =>
        `<bpmn:message id="M_${name}" name="call.${name.toLowerCase()}"><bpmn:extensionElements><zeebe:subscription correlationKey="=orderNo"/></bpmn:extensionElements></bpmn:message>`,
    )
    .join('')}
  <bpmn:signal id="S_Clear" name="all-clear"/><bpmn:error id="Err_Refused" name="refused" errorCode="refused"/>`;

/** `a -> b -> c` and `a -> d [condition]`, one way a line; a way marked `*` is the default of its gateway. */
function ways(text: string): { readonly flows: string; defaultOf(id: string): string } {
  const found = text
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [path = '', condition] = line.split('|').map((part) => part.trim());
      const stops = path.split('->').map((stop) => stop.trim());
      return stops.slice(1).map((to, index) => ({ from: stops[index] ?? '', to, condition }));
    })
    .map((way) => ({ ...way, id: `${way.from}_to_${way.to}` }));
  const condition = (feel: string | undefined) =>
    feel === undefined || feel === '*'
      ? ''
      : `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${feel}</bpmn:conditionExpression>`;
  return {
    flows: found
      .map(
        (way) =>
          `<bpmn:sequenceFlow id="${way.id}" sourceRef="${way.from}" targetRef="${way.to}">${condition(way.condition)}</bpmn:sequenceFlow>`,
      )
      .join(''),
    defaultOf: (id) => found.find((way) => way.from === id && way.condition === '*')?.id ?? '',
  };
}

function flow(key: string, ...processes: readonly string[]): ProcessPackage {
  const bpmn = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:clinical="urn:meridian:clinical:1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="D" targetNamespace="urn:simulation">${declarations}${processes.join('')}</bpmn:definitions>`;
  return { key, title: { 'zh-CN': key, en: key }, bpmn, forms: {}, decisions: {} };
}

const process = (id: string, body: string, text: string) =>
  `<bpmn:process id="${id}" isExecutable="true">${body}${ways(text).flows}</bpmn:process>`;

const start = '<bpmn:startEvent id="S1"/>';
const end = (id: string) => `<bpmn:endEvent id="${id}"/>`;

/** Charge and check side by side, close by a third person, ask for the refund, wait for it and be reminded meanwhile. */
const visit = flow(
  'visit',
  process(
    'Visit',
    `${start}${task('A1_Ask')}<bpmn:parallelGateway id="G1"/>${job('B1_Charge', 'bank.charge', 2)}${task('A2_Check')}
     ${boundary('T1_Slow', 'A2_Check', duration('PT15M'), false)}${task('A3_Remind')}${end('E2')}
     <bpmn:parallelGateway id="G2"/>${task('A4_Close')}${publishing('M1_Ask', 'M_Asked', ['orderNo', 'amount', 'way'])}
     <bpmn:exclusiveGateway id="X1"/><bpmn:eventBasedGateway id="G3"/>${catching('C1_Done', message('M_Done'))}
     ${catching('T2_Waiting', duration('PT30M'))}${task('A5_Nudge')}${end('E1')}`,
    `S1 -> A1_Ask -> G1 -> B1_Charge -> G2 -> A4_Close -> M1_Ask -> X1 -> G3 -> C1_Done -> E1
     G1 -> A2_Check -> G2
     T1_Slow -> A3_Remind -> E2
     G3 -> T2_Waiting -> A5_Nudge -> X1`,
  ),
);

const refundWays = ways(`S1_Asked -> G1
     G1 -> B1_Once | way = "once"
     G1 -> B2_Asked | way = "asked"
     G1 -> B3_Again | *
     B1_Once -> G2
     B2_Asked -> G2
     B3_Again -> G2
     X1_Refused -> A1_Explain -> G2 -> M1_Done -> E1`);

/** Begins by message; pays back through a receiver that is never asked twice, one that can be asked, or one that knows the key. */
const refund = flow(
  'refund',
  `<bpmn:process id="Refund" isExecutable="true"><bpmn:startEvent id="S1_Asked">${message('M_Asked')}</bpmn:startEvent>
   <bpmn:exclusiveGateway id="G1" default="${refundWays.defaultOf('G1')}"/>${job('B1_Once', 'bank.refund.once', 2)}
   ${job('B2_Asked', 'bank.refund.asked', 2)}${job('B3_Again', 'bank.refund.again', 3)}
   ${boundary('X1_Refused', 'B3_Again', '<bpmn:errorEventDefinition errorRef="Err_Refused"/>')}${task('A1_Explain')}
   <bpmn:exclusiveGateway id="G2"/>${publishing('M1_Done', 'M_Done', ['orderNo'])}${end('E1')}${refundWays.flows}</bpmn:process>`,
);

/** A called process with a limit, then a signal and a patient's event side by side. */
const ward = flow(
  'ward',
  process(
    'Ward',
    `${start}<bpmn:callActivity id="C1_Measure"><bpmn:extensionElements><zeebe:calledElement processId="Measure" propagateAllChildVariables="false"/></bpmn:extensionElements></bpmn:callActivity>
     <bpmn:parallelGateway id="G1"/>${catching('C2_Clear', '<bpmn:signalEventDefinition signalRef="S_Clear"/>')}
     ${catching('C3_Moved', message('M_Moved'))}<bpmn:parallelGateway id="G2"/>${task('A2_Leave')}${end('E1')}`,
    `S1 -> C1_Measure -> G1 -> C2_Clear -> G2 -> A2_Leave -> E1
     G1 -> C3_Moved -> G2`,
  ),
  process(
    'Measure',
    `<bpmn:startEvent id="MS1"/>${task('A1_Measure')}${boundary('T1_Late', 'A1_Measure', duration('PT10M'))}${task('A9_Late')}
     <bpmn:exclusiveGateway id="X1"/>${end('ME1')}`,
    `MS1 -> A1_Measure -> X1 -> ME1
     T1_Late -> A9_Late -> X1`,
  ),
);

/** A person says the all-clear, which every ward case hears. */
const alarm = flow(
  'alarm',
  process(
    'Alarm',
    `${start}${task('A1_Clear')}<bpmn:endEvent id="E1"><bpmn:signalEventDefinition signalRef="S_Clear"/></bpmn:endEvent>`,
    'S1 -> A1_Clear -> E1',
  ),
);

/** Begins by the clock, a fixed number of times. */
const round = flow(
  'round',
  process(
    'Round',
    `<bpmn:startEvent id="S1_Clock"><bpmn:timerEventDefinition><bpmn:timeCycle xsi:type="bpmn:tFormalExpression">R2/2026-03-12T08:05:00Z/PT5M</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:startEvent>${task('A1_Look')}${end('E1')}`,
    'S1_Clock -> A1_Look -> E1',
  ),
);

/** A receiver that is broken until somebody repairs it, then two signatures at once. */
const fragile = flow(
  'fragile',
  process(
    'Fragile',
    `${start}${job('B1_Send', 'lab.send', 1)}${task(
      'A1_Sign',
      '<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=[1,2]" inputElement="n"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>',
    )}${end('E1')}`,
    'S1 -> B1_Send -> A1_Sign -> E1',
  ),
);

/** Begins by message, waits for another; a third one ends the work that follows, or is heard when the work is done. */
const call = flow(
  'call',
  process(
    'Call',
    `<bpmn:startEvent id="S1_Asked">${message('M_Call')}</bpmn:startEvent>${catching('C1_Sure', message('M_Sure'))}${task('A1_Wait')}
     ${boundary('C2_Back', 'A1_Wait', message('M_Back'))}${catching('C3_Later', message('M_Back'))}${task('A2_Answer')}<bpmn:exclusiveGateway id="X1"/>${end('E1')}`,
    `S1_Asked -> C1_Sure -> A1_Wait -> C3_Later -> X1 -> E1
     C2_Back -> A2_Answer -> X1`,
  ),
);

/** All flows of the simulation, by key. */
export const flows = { visit, refund, ward, alarm, round, fragile, call } satisfies Record<string, ProcessPackage>;

/** Key of a flow. */
export type FlowKey = keyof typeof flows;
