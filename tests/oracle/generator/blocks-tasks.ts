import { activity } from './decorations.ts';
import { extension, zeebe } from './drawn.ts';
import { type Block, jobType, type Net } from './net.ts';

function assignment(net: Net): string {
  const { random } = net;
  const [a, b] = [random.pick(['x', 'y', 'z']), random.pick(['x', 'y', 'z'])];
  return `=${random.pick([`${a} + 1`, `${b}`, '0', '1', '2', `${a} + ${b}`])}`;
}

/** Every kind of task. */
export const taskBlocks: readonly Block[] = [
  { name: 'task', weight: 2, draw: (net) => activity(net, 'task') },
  { name: 'task: manual', weight: 1, draw: (net) => activity(net, 'manualTask') },
  { name: 'task: user', weight: 8, draw: (net) => activity(net, 'userTask') },
  { name: 'task: service', weight: 3, draw: (net) => activity(net, 'serviceTask', { content: [jobType('a')] }) },
  { name: 'task: send', weight: 1, draw: (net) => activity(net, 'sendTask', { content: [jobType('b')] }) },
  {
    name: 'task: business rule',
    weight: 1,
    draw: (net) => activity(net, 'businessRuleTask', { content: [jobType('c')] }),
  },
  {
    name: 'task: receive',
    weight: 2,
    draw: (net) =>
      activity(net, 'receiveTask', { attributes: { messageRef: `Message_${net.random.pick(['m1', 'm2', 'm3'])}` } }),
  },
  {
    name: 'task: script',
    weight: 3,
    draw: (net) =>
      net.single('scriptTask', {
        content: [
          extension(zeebe('script', { expression: assignment(net), resultVariable: net.random.pick(['x', 'y', 'z']) })),
        ],
      }),
  },
];
