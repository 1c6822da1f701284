import type { Net } from './net.ts';
import { bpmnPublish, thrown, trigger } from './triggers.ts';

/** An end event: mostly plain, sometimes one that throws. */
export function drawEnd(net: Net): string {
  const { random } = net;
  if (random.chance(65)) return net.node('endEvent', {}, 'e');
  const kind = random.pick(['terminate', 'error', 'escalation', 'signal', 'message'] as const);
  net.drawing.used.add(`end: ${kind}`);
  if (kind === 'message') return net.node('endEvent', { content: bpmnPublish(random) }, 'e');
  return net.node('endEvent', { content: [kind === 'terminate' ? trigger(kind, random) : thrown(kind, random)] }, 'e');
}
