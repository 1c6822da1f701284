import { bpmn } from './drawn.ts';
import { undoing } from './ends.ts';
import type { Block } from './net.ts';
import { bpmnPublish, thrown, together, triggers } from './triggers.ts';

/** Intermediate events. */
export const eventBlocks: readonly Block[] = [
  ...(['message', 'signal', 'timer', 'date', 'conditional', 'multiple', 'parallel multiple'] as const).map(
    (kind) =>
      ({
        name: `catch: ${kind}`,
        weight: 1,
        draw: (net) =>
          net.single('intermediateCatchEvent', {
            attributes: together(kind),
            content: triggers(kind, net.random),
          }),
      }) satisfies Block,
  ),
  { name: 'throw: none', weight: 0.5, draw: (net) => net.single('intermediateThrowEvent') },
  {
    name: 'throw: message',
    weight: 0.5,
    draw: (net) => net.single('intermediateThrowEvent', { content: bpmnPublish(net.random) }),
  },
  ...(['signal', 'escalation'] as const).map(
    (kind) =>
      ({
        name: `throw: ${kind}`,
        weight: 1.5,
        draw: (net) => net.single('intermediateThrowEvent', { content: [thrown(kind, net.random)] }),
      }) satisfies Block,
  ),
  {
    name: 'throw: multiple',
    weight: 0.7,
    draw: (net) =>
      net.single('intermediateThrowEvent', {
        content: [thrown('signal', net.random), thrown('escalation', net.random)],
      }),
  },
  {
    name: 'throw: compensation',
    weight: 2,
    draw: (net) => net.single('intermediateThrowEvent', { content: [undoing(net)] }),
  },
  {
    name: 'link',
    weight: 0.7,
    draw: (net) => {
      const name = `link${net.drawing.count}`;
      const definition = bpmn('linkEventDefinition', { id: `${name}_${net.drawing.count}`, name });
      const first = net.node('intermediateThrowEvent', { content: [definition] });
      const last = net.node('intermediateCatchEvent', { content: [{ ...definition, attributes: { name } }] });
      return { first, last };
    },
  },
];
