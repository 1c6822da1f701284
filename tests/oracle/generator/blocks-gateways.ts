import { type Block, formal, type Net, type Piece } from './net.ts';
import { together, triggers } from './triggers.ts';

/** Branches between a node that splits and a node that joins; a branch may be empty or end by itself. */
function branches(
  net: Net,
  split: string,
  join: string,
  flowInto: (first: string, index: number, last: boolean) => void,
): Piece {
  const count = net.random.between(2, 3);
  for (let index = 0; index < count; index += 1) {
    const isLast = index === count - 1;
    if (net.random.chance(15)) {
      flowInto(join, index, isLast);
      continue;
    }
    const piece = net.pieces(2);
    flowInto(piece.first, index, isLast);
    net.flow(piece.last, join);
  }
  return { first: split, last: join };
}

function gateway(net: Net, kind: string, joinKind: string, conditions: boolean): Piece {
  const split = net.node(`${kind}Gateway`);
  const join = net.node(`${joinKind}Gateway`);
  const hasDefault = net.random.chance(85);
  return branches(net, split, join, (first, _, isLast) => {
    if (!conditions) net.flow(split, first);
    else if (isLast && hasDefault) net.setDefault(split, net.flow(split, first));
    else net.flow(split, first, net.condition());
  });
}

const awaited = [
  'message',
  'signal',
  'timer',
  'date',
  'conditional',
  'multiple',
  'parallel multiple',
  'receive',
] as const;

const joins = ['exclusive', 'parallel', 'inclusive'] as const;

/** Mostly joined as it was split; sometimes by another kind, which is where tokens meet or starve. */
function joinFor(net: Net, kind: (typeof joins)[number]): string {
  return net.random.chance(80) ? kind : net.random.pick(joins);
}

/** Every kind of gateway with what it splits into. */
export const gatewayBlocks: readonly Block[] = [
  ...joins.map(
    (kind): Block => ({
      name: `gateway: ${kind}`,
      weight: 3,
      draw: (net) => gateway(net, kind, joinFor(net, kind), kind !== 'parallel'),
    }),
  ),
  {
    name: 'activity: conditional flows',
    weight: 1.5,
    draw: (net) => {
      const split = net.node(net.random.pick(['userTask', 'task']));
      const join = net.node(`${net.random.pick(joins)}Gateway`);
      const hasDefault = net.random.chance(75);
      return branches(net, split, join, (first, index, isLast) => {
        if (isLast && hasDefault) net.setDefault(split, net.flow(split, first));
        else net.flow(split, first, index > 0 || net.random.chance(60) ? net.condition() : undefined);
      });
    },
  },
  {
    name: 'gateway: event-based',
    weight: 2,
    draw: (net) => {
      const split = net.node('eventBasedGateway');
      const join = net.node('exclusiveGateway');
      for (const kind of net.random.shuffled(awaited).slice(0, net.random.between(2, 3))) {
        const event =
          kind === 'receive'
            ? net.node('receiveTask', { attributes: { messageRef: 'Message_m3' } })
            : net.node('intermediateCatchEvent', {
                attributes: together(kind),
                content: triggers(kind, net.random),
              });
        net.flow(split, event);
        const piece = net.pieces(1);
        net.flow(event, piece.first);
        net.flow(piece.last, join);
      }
      return { first: split, last: join };
    },
  },
  {
    name: 'gateway: complex',
    weight: 1.5,
    draw: (net) => {
      const condition = formal('activationCondition', `=activationCount >= ${net.random.between(1, 3)}`);
      const split = net.node(net.random.chance(50) ? 'complexGateway' : 'parallelGateway');
      const join = net.node('complexGateway', { content: net.random.chance(85) ? [condition] : [] });
      return branches(net, split, join, (first, _, isLast) => {
        if (isLast) net.setDefaultOf(split, 'complexGateway', net.flow(split, first));
        else net.flow(split, first, net.condition());
      });
    },
  },
  {
    name: 'start quantity',
    weight: 1,
    draw: (net) => {
      const split = net.node('parallelGateway');
      const join = net.node('userTask', { attributes: { startQuantity: '2' } });
      return branches(net, split, join, (first) => net.flow(split, first));
    },
  },
  {
    name: 'completion quantity',
    weight: 0.7,
    draw: (net) => {
      const many = net.single('userTask', { attributes: { completionQuantity: String(net.random.between(2, 3)) } });
      const join = net.random.chance(60) ? [net.single('task', { attributes: { startQuantity: '2' } })] : [];
      return net.chain(many, net.piece(), ...join);
    },
  },
];
