import { BpmnModdle } from 'bpmn-moddle';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };
import { elementsOf, isElement } from '../ir/bpmn-element.ts';
import clinical from './clinical.json' with { type: 'json' };

/** A diagram as the modeler's library writes it. */
export type Rewritten = {
  /** Opened and written again, nothing changed. */
  readonly opened: string;
  /** The same with one text annotation added, as an editor would. */
  readonly annotated: string;
};

/**
 * Writes a diagram as the modeler does, without drawing it: read and written by the same library under the same extensions.
 * Thrown when the text is no BPMN.
 */
export async function rewriteBpmn(xml: string, annotation: { id: string; text: string }): Promise<Rewritten> {
  const moddle = new BpmnModdle({ zeebe, clinical });
  const { rootElement } = await moddle.fromXML(xml);
  if (!isElement(rootElement)) throw new TypeError('Expected BPMN definitions, but there are none');
  const opened = await moddle.toXML(rootElement, { format: true });
  const roots = elementsOf(rootElement, 'rootElements');
  const place = roots.find(({ $type }) => $type === 'bpmn:Process' || $type === 'bpmn:Collaboration');
  const note = moddle.create('bpmn:TextAnnotation', annotation);
  if (place) Reflect.set(place, 'artifacts', [...elementsOf(place, 'artifacts'), note]);
  const annotated = await moddle.toXML(rootElement, { format: true });
  return { opened: opened.xml, annotated: annotated.xml };
}
