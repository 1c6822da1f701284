import { layoutProcess } from 'bpmn-auto-layout';
import { BpmnModdle } from 'bpmn-moddle';
import { keepForeign } from '../../engine/interchange/index.ts';

/** Most elements that are laid out; the layout's time grows faster than their number, and nobody else is served meanwhile. */
const mostLaidOut = 2_000;

/**
 * Gives a diagram that has no drawing (many tools export none) a plain one, so that it can be opened; others stay as they are, and
 * so does everything else in it.
 * Thrown when there are too many elements to lay out, or the layout finds no way.
 */
export async function layOut(xml: string): Promise<string> {
  if (/<(\w+:)?BPMNShape\b/.test(xml)) return xml;
  const tags = xml.match(/<[^/!?]/g)?.length ?? 0;
  if (tags > mostLaidOut) throw new RangeError(`Expected at most ${mostLaidOut} elements to lay out, but got ${tags}`);
  const { baseline, linked } = await linkFlows(xml);
  return keepForeign({ source: xml, baseline, edited: await layoutProcess(linked) });
}

function listOf(element: object, name: string): object[] {
  const value: unknown = Reflect.get(element, name);
  return Array.isArray(value) ? value.filter((one): one is object => typeof one === 'object' && one !== null) : [];
}

/**
 * Makes explicit what BPMN lets a file leave out and the layout needs: ids of sequence flows (numbered in document order)
 * and the `incoming` and `outgoing` of the nodes they join.
 */
async function linkFlows(xml: string): Promise<{ readonly baseline: string; readonly linked: string }> {
  const moddle = new BpmnModdle();
  const { rootElement } = await moddle.fromXML(xml);
  if (typeof rootElement !== 'object' || rootElement === null) return { baseline: xml, linked: xml };
  const baseline = await moddle.toXML(rootElement, { format: true });
  const flows: object[] = [];
  const visit = (container: object): void => {
    for (const element of listOf(container, 'flowElements')) {
      if (Reflect.get(element, '$type') === 'bpmn:SequenceFlow') flows.push(element);
      else visit(element);
    }
  };
  for (const root of listOf(rootElement, 'rootElements')) visit(root);
  flows.forEach((flow, index) => {
    if (Reflect.get(flow, 'id') === undefined) Reflect.set(flow, 'id', `Flow_imported_${index + 1}`);
    join(Reflect.get(flow, 'sourceRef'), 'outgoing', flow);
    join(Reflect.get(flow, 'targetRef'), 'incoming', flow);
  });
  const written = await moddle.toXML(rootElement, { format: true });
  return { baseline: baseline.xml, linked: written.xml };
}

function join(node: unknown, side: 'incoming' | 'outgoing', flow: object): void {
  if (typeof node !== 'object' || node === null) return;
  const joined = listOf(node, side);
  if (!joined.includes(flow)) Reflect.set(node, side, [...joined, flow]);
}
