import type { Random } from '../random.ts';
import { bpmn, type Drawn } from './drawn.ts';
import type { Net } from './net.ts';
import { bpmnPublish, thrown, trigger } from './triggers.ts';

/** An end event: mostly plain, sometimes one that throws. */
export function drawEnd(net: Net): string {
  const { random } = net;
  if (random.chance(net.depth > 0 ? 50 : 65)) return net.node('endEvent', {}, 'e');
  if (net.kind === 'transaction' && random.chance(50))
    return net.node('endEvent', { content: [trigger('cancel', random)] }, 'e');
  const kind = random.pick([
    'terminate',
    'error',
    'escalation',
    'signal',
    'message',
    'compensation',
    'compensation',
    'multiple',
    ...(net.depth > 0 ? (['error', 'escalation', 'error', 'escalation'] as const) : []),
  ] as const);
  net.drawing.used.add(`end: ${kind}`);
  if (kind === 'compensation') return net.node('endEvent', { content: [undoing(net)] }, 'e');
  if (kind === 'message') return net.node('endEvent', { content: bpmnPublish(random) }, 'e');
  if (kind === 'multiple') return net.node('endEvent', { content: random.shuffled(several(random)) }, 'e');
  return net.node('endEvent', { content: [kind === 'terminate' ? trigger(kind, random) : thrown(kind, random)] }, 'e');
}

/** Several definitions of which at most one ends the token. */
function several(random: Random): readonly Drawn[] {
  const last = random.pick(['escalation', 'error', 'terminate', 'signal'] as const);
  return [thrown('signal', random), last === 'terminate' ? trigger(last, random) : thrown(last, random)];
}

/** Compensation of everything done in the scope, or of one activity. */
export function undoing(net: Net): Drawn {
  const one = net.undone.length > 0 && net.random.chance(40) ? net.random.pick(net.undone) : undefined;
  return bpmn('compensateEventDefinition', one === undefined ? {} : { activityRef: one });
}
