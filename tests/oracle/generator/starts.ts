import type { Drawn } from './drawn.ts';
import type { Net, NodeOptions } from './net.ts';
import { trigger } from './triggers.ts';

const kinds = [
  'message',
  'signal',
  'timer',
  'date',
  'cycle',
  'conditional',
  'multiple',
  'receive task',
  'event-based gateway',
  'event-based gateway, parallel',
] as const;

/** Further ways to begin a process, and where: an event, a receive task, or what an event-based gateway waits for. */
export function otherStarts(net: Net): readonly string[] {
  const kind = net.random.pick(kinds);
  net.drawing.used.add(`start: ${kind}`);
  if (kind === 'event-based gateway' || kind === 'event-based gateway, parallel') return behindGateway(net, kind);
  if (kind === 'receive task') return [begun(net, 'receiveTask', { attributes: { ...received, instantiate: 'true' } })];
  return [begun(net, 'startEvent', { content: startTriggers(net, kind) }, 's')];
}

const received = { messageRef: 'Message_m1' };

function startTriggers({ random }: Net, kind: 'multiple' | Parameters<typeof trigger>[0]): readonly Drawn[] {
  if (kind !== 'multiple') return [trigger(kind, random)];
  return random
    .shuffled(['message', 'signal', 'timer'] as const)
    .slice(0, 2)
    .map((one) => trigger(one, random));
}

/** A gateway that starts cases: by the first of its events, or, parallel, by any of them while the others are still waited for. */
function behindGateway(net: Net, kind: string): readonly string[] {
  const attributes: Record<string, string> = { instantiate: 'true' };
  if (kind.endsWith('parallel')) attributes.eventGatewayType = 'Parallel';
  const gateway = net.node('eventBasedGateway', { attributes });
  const tag = net.random.pick(['receiveTask', 'intermediateCatchEvent']);
  return Array.from({ length: net.random.between(2, 3) }, () => {
    const waits = tag === 'receiveTask' ? { attributes: received } : { content: [trigger('message', net.random)] };
    const event = begun(net, tag, waits);
    net.flow(gateway, event);
    return event;
  });
}

/** A node with a way into what is drawn already. */
function begun(net: Net, tag: string, options: NodeOptions, prefix?: string): string {
  const { drawnNodes, random } = net;
  const entering = drawnNodes.filter(({ id, tag }) => !net.isFixedEntry(id, tag) && tag !== 'endEvent');
  const node = net.node(tag, options, prefix);
  net.flow(node, entering.length > 0 ? random.pick(entering).id : net.node('endEvent', {}, 'e'));
  return node;
}
