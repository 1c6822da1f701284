import type { JsonObject } from '../../../engine/index.ts';

/** How an engine writes "this variable is true" on a sequence flow. */
export type ConditionStyle = (variable: string) => string;

/** One control-flow pattern of the comparison. Plain BPMN: every contender reads the same diagram but for the language of conditions. */
export type Pattern = {
  readonly name: string;
  readonly bpmn: (condition: ConditionStyle) => string;
  /** User tasks completed from start to end. */
  readonly tasks: number;
  /** What the form of the nth task (from 0) brings. */
  readonly answer: (n: number) => JsonObject;
};

/** Variables every case starts with, about as many bytes as an order of one line. */
export const startVariables: JsonObject = {
  orderNo: 'ORD-20260302-0001',
  patient: { patientId: 'P000001', encounterNo: 'E-0001', department: 'CARD' },
  lines: [{ code: 'CT-HEAD', count: 1, price: 25000 }],
};

const start = '<startEvent id="start"/>';
const end = '<endEvent id="end"/>';
const task = (id: string) => `<userTask id="${id}"/>`;

function flow(from: string, to: string, condition?: string): string {
  const inside = condition
    ? `<conditionExpression xsi:type="tFormalExpression">${condition}</conditionExpression>`
    : '';
  return `<sequenceFlow id="${from}_${to}" sourceRef="${from}" targetRef="${to}">${inside}</sequenceFlow>`;
}

function chain(...ids: readonly string[]): string {
  return ids
    .slice(1)
    .map((to, index) => flow(ids[index] ?? '', to))
    .join('');
}

function diagram(...content: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions id="definitions" xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="urn:bench">
  <process id="process" isExecutable="true">${content.join('')}</process>
</definitions>`;
}

const note = (n: number): JsonObject => ({ note: `checked ${n}`, amount: 12550 });

/** A chain of `nodes` flow nodes: a start, user tasks, an end. */
export function chainOf(nodes: number): Pattern {
  const ids = Array.from({ length: nodes - 2 }, (_, index) => `task${index + 1}`);
  const bpmn = diagram(start, ...ids.map(task), end, chain('start', ...ids, 'end'));
  return { name: `${nodes} nodes`, bpmn: () => bpmn, tasks: ids.length, answer: note };
}

/** The patterns, each of the size of a small real flow: sequence, exclusive choice, parallel split and join, explicit termination, cycle. */
export const patterns: readonly Pattern[] = [
  { ...chainOf(7), name: 'SEQ' },
  {
    name: 'EXC',
    tasks: 3,
    answer: (n) => ({ ...note(n), approved: true }),
    bpmn: (condition) =>
      diagram(
        ...[start, task('ask'), '<exclusiveGateway id="choice" default="choice_refuse"/>', task('refuse'), end],
        ...[task('agree'), task('confirm'), chain('start', 'ask', 'choice', 'refuse', 'end')],
        ...[flow('choice', 'agree', condition('approved')), chain('agree', 'confirm', 'end')],
      ),
  },
  {
    name: 'PAR',
    tasks: 4,
    answer: note,
    bpmn: () =>
      diagram(
        ...[start, '<parallelGateway id="fork"/>', '<parallelGateway id="join"/>', end],
        ...['left1', 'left2', 'right1', 'right2'].map(task),
        ...[chain('start', 'fork', 'left1', 'left2', 'join', 'end'), chain('fork', 'right1', 'right2', 'join')],
      ),
  },
  {
    name: 'EXT',
    tasks: 2,
    answer: note,
    bpmn: () =>
      diagram(
        ...[start, task('first'), '<parallelGateway id="fork"/>', task('left'), task('right'), end],
        ...['<endEvent id="stop"><terminateEventDefinition/></endEvent>'],
        ...[chain('start', 'first', 'fork', 'left', 'stop'), chain('fork', 'right', 'end')],
      ),
  },
  {
    name: 'CYC',
    tasks: 10,
    answer: (n) => ({ ...note(n), again: n < 9 }),
    bpmn: (condition) =>
      diagram(
        ...[start, task('work'), '<exclusiveGateway id="choice" default="choice_end"/>', end],
        ...[chain('start', 'work', 'choice', 'end'), flow('choice', 'work', condition('again'))],
      ),
  },
];
