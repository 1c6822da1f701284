import { layoutProcess } from 'bpmn-auto-layout';

/** Gives a diagram that has no drawing (many tools export none) a plain one, so that it can be opened; others stay as they are. */
export async function layOut(xml: string): Promise<string> {
  return /<(\w+:)?BPMNShape\b/.test(xml) ? xml : layoutProcess(xml);
}
