import * as fc from 'fast-check';
import { boundary, element, extension, flow, job, message, on, processOf, timer } from '../spec/diagram.ts';

/**
 * Random diagrams, structured or not: every kind of node the engine executes, joined by random flows, some nested in sub-processes. They need not
 * be sound; whatever is drawn, the engine must keep its own rules.
 */
export type RandomProcess = { readonly roots: readonly string[]; readonly description: string };

const roots = [
  message('MessageOne', 'one'),
  message('MessageTwo', 'two', '=key'),
  element('error', 'Failed', '', 'errorCode="failed"'),
  element('escalation', 'Late', '', 'escalationCode="late"'),
  element('signal', 'Alarm', '', 'name="alarm"'),
];

const definitions = {
  message: on('message', '', 'messageRef="MessageOne"'),
  keyed: on('message', '', 'messageRef="MessageTwo"'),
  timer: timer('timeDuration', 'PT1H'),
  cycle: timer('timeCycle', 'R2/PT1H'),
  signal: on('signal', '', 'signalRef="Alarm"'),
  condition: on('conditional', '<bpmn:condition>=flag = true</bpmn:condition>'),
  error: on('error', '', 'errorRef="Failed"'),
  escalation: on('escalation', '', 'escalationRef="Late"'),
  compensation: on('compensate'),
  terminate: on('terminate'),
} as const;

type Kind = keyof typeof definitions;
const catching: readonly Kind[] = ['message', 'keyed', 'timer', 'signal', 'condition'];
const throwing: readonly Kind[] = ['signal', 'escalation', 'compensation'];
const ending: readonly Kind[] = ['error', 'terminate', 'compensation', 'escalation'];
const attached: readonly Kind[] = ['message', 'timer', 'cycle', 'signal', 'condition', 'error', 'escalation'];

const repeats = [
  '',
  '',
  '',
  '<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>=2</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>',
  '<bpmn:multiInstanceLoopCharacteristics isSequential="true"><bpmn:loopCardinality>=2</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>',
] as const;

type Node = { readonly id: string; readonly xml: string; readonly gateway?: 'exclusive' | 'inclusive' };

/** Draws from a seeded stream, so that a failing diagram can be drawn again. */
type Draw = { <T>(from: readonly T[]): T; chance(percent: number): boolean };

function drawFrom(numbers: readonly number[]): Draw {
  let at = 0;
  const next = (): number => {
    at += 1;
    return numbers[at % numbers.length] ?? 0;
  };
  const draw = <T>(from: readonly T[]): T => {
    const chosen = from[(next() + at) % from.length];
    if (chosen === undefined) throw new Error('Expected something to draw from');
    return chosen;
  };
  return Object.assign(draw, { chance: (percent: number) => (next() * 7 + at * 13) % 100 < percent });
}

type Drawing = { count: number; readonly draw: Draw };

function nodeOf(drawing: Drawing, depth: number): Node {
  drawing.count += 1;
  const id = `n${drawing.count}`;
  const { draw } = drawing;
  const kind = draw(['user', 'user', 'job', 'task', 'catch', 'throw', 'xor', 'and', 'or', 'sub'] as const);
  switch (kind) {
    case 'user':
      return { id, xml: element('userTask', id, draw(repeats)) + attachments(drawing, id) };
    case 'job':
      return { id, xml: job(id) + attachments(drawing, id) };
    case 'task':
      return { id, xml: element('task', id) };
    case 'catch':
      return { id, xml: element('intermediateCatchEvent', id, definitions[draw(catching)]) };
    case 'throw':
      return { id, xml: element('intermediateThrowEvent', id, definitions[draw(throwing)]) };
    case 'xor':
      return { id, xml: element('exclusiveGateway', id), gateway: 'exclusive' };
    case 'and':
      return { id, xml: element('parallelGateway', id) };
    case 'or':
      return { id, xml: element('inclusiveGateway', id), gateway: 'inclusive' };
    case 'sub':
      if (depth >= 2) return { id, xml: element('userTask', id) };
      return {
        id,
        xml: element('subProcess', id, draw(repeats) + scopeContent(drawing, depth + 1)) + attachments(drawing, id),
      };
  }
}

/** Boundary events with a task behind each; sometimes a handler that undoes the activity. */
function attachments(drawing: Drawing, host: string): string {
  const { draw } = drawing;
  let xml = '';
  if (draw.chance(40)) {
    drawing.count += 1;
    const id = `b${drawing.count}`;
    xml +=
      boundary(id, host, definitions[draw(attached)], draw([true, false])) +
      element('userTask', `${id}t`) +
      flow(id, `${id}t`);
  }
  if (draw.chance(20)) {
    drawing.count += 1;
    const id = `c${drawing.count}`;
    xml +=
      boundary(id, host, definitions.compensation) +
      element('userTask', `${id}h`, '', 'isForCompensation="true"') +
      `<bpmn:association id="${id}a" sourceRef="${id}" targetRef="${id}h" />`;
  }
  return xml;
}

function scopeContent(drawing: Drawing, depth: number): string {
  const { draw } = drawing;
  const prefix = `s${drawing.count}`;
  const size = 2 + (drawing.count % 5);
  const nodes = Array.from({ length: size }, () => nodeOf(drawing, depth));
  const ends = [element('endEvent', `${prefix}end`, draw.chance(40) ? definitions[draw(ending)] : '')];
  const start = element('startEvent', `${prefix}start`);
  const flows = nodes.flatMap((node, index) => {
    const forward = nodes.slice(index + 1).map(({ id }) => id);
    const targets = new Set([draw([...forward, `${prefix}end`])]);
    if (draw.chance(50)) targets.add(draw([...forward, `${prefix}end`]));
    if (draw.chance(10)) targets.add(draw(nodes.map(({ id }) => id)));
    return [...targets].map((to, place) => flow(node.id, to, conditionFor(node, place), `${node.id}_${to}`));
  });
  const first = nodes[0];
  const begin = first ? flow(`${prefix}start`, first.id) : '';
  const handler = draw.chance(25) ? eventSubProcess(drawing) : '';
  return [start, ...nodes.map(({ xml }) => xml), ...ends, begin, ...flows, handler].join('');
}

function conditionFor({ gateway }: Node, place: number): string | undefined {
  if (gateway === undefined) return undefined;
  return place === 0 ? '=flag' : '=not(flag)';
}

function eventSubProcess(drawing: Drawing): string {
  const { draw } = drawing;
  drawing.count += 1;
  const id = `e${drawing.count}`;
  const definition = definitions[draw(attached)];
  const inside =
    element('startEvent', `${id}s`, definition, `isInterrupting="${draw([true, false])}"`) +
    element('userTask', `${id}t`) +
    flow(`${id}s`, `${id}t`);
  return element('subProcess', id, inside, 'triggeredByEvent="true"');
}

/** An arbitrary executable process that needs the variables `flag` and `key`. */
export const randomProcess: fc.Arbitrary<RandomProcess> = fc
  .array(fc.nat({ max: 9973 }), { minLength: 40, maxLength: 120 })
  .map((numbers) => {
    const content = scopeContent({ count: 0, draw: drawFrom(numbers) }, 0);
    const xml = processOf('p', extension(), content);
    return { roots: [...roots, xml], description: xml };
  });
