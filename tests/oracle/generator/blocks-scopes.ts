import { activity } from './decorations.ts';
import { bpmn, extension, zeebe } from './drawn.ts';
import { fill } from './fill.ts';
import { type Block, Net } from './net.ts';

/** Activities with something inside. */
export const scopeBlocks: readonly Block[] = [
  {
    name: 'sub-process',
    weight: 3,
    fits: ({ depth }) => depth < 3,
    draw: (net) => {
      const inner = new Net(net.drawing, net.depth + 1, 'subProcess');
      fill(inner, 3);
      return activity(net, 'subProcess', { content: inner.content() });
    },
  },
  {
    name: 'transaction',
    weight: 2,
    fits: ({ depth }) => depth < 2,
    draw: (net) => {
      const inner = new Net(net.drawing, net.depth + 1, 'transaction');
      fill(inner, 4);
      const { first, last } = activity(net, 'transaction', { content: inner.content() });
      const event = net.node(
        'boundaryEvent',
        { attributes: { attachedToRef: first }, content: [bpmn('cancelEventDefinition')] },
        'b',
      );
      net.flow(event, net.piece().first);
      return { first, last };
    },
  },
  {
    name: 'call activity',
    weight: 1,
    fits: ({ depth }) => depth < 3,
    draw: (net) => {
      const inner = new Net(net.drawing, net.depth + 1, 'process');
      fill(inner, 2);
      const id = `called${net.drawing.called.length + 1}`;
      net.drawing.called.push(bpmn('process', { id, isExecutable: 'true' }, ...inner.content()));
      return activity(net, 'callActivity', { content: [extension(zeebe('calledElement', { processId: id }))] });
    },
  },
];
