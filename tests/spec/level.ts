import { checkDiagram, type Finding } from '../../engine/index.ts';
import { chain, definitions, element, processOf } from './diagram.ts';

/** Something broken: in words, by which rule, at which element, and how it is drawn. */
export type Broken = readonly [string, string, string, readonly string[]];

/** A process that keeps the standard, `start A B end`, and what else it holds. */
export function drawn(...content: readonly string[]): string {
  return processOf(
    'p',
    element('startEvent', 'start'),
    element('task', 'A'),
    element('task', 'B'),
    element('endEvent', 'end'),
    chain('start A B end'),
    ...content,
  );
}

/** The process's own pool, a black box beside it, and what joins them. */
export function pools(...content: readonly string[]): string {
  const own = '<bpmn:participant id="own" processRef="p" /><bpmn:participant id="box" />';
  return element('collaboration', 'c', `${own}${content.join('')}`);
}

/** A message flow `m`. */
export function messageFlow(from: string, to: string): string {
  return `<bpmn:messageFlow id="m" sourceRef="${from}" targetRef="${to}" />`;
}

/** What a diagram breaks of the standard. */
export async function brokenIn(...roots: readonly string[]): Promise<readonly Finding[]> {
  return (await checkDiagram(definitions(...roots))).filter(({ clause }) => clause !== undefined);
}
