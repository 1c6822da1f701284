import { bpmn, type Drawn, extension, zeebe } from './drawn.ts';
import { drawEnd } from './ends.ts';
import { formal, type Net, type NodeOptions, type Piece } from './net.ts';
import { together, triggers } from './triggers.ts';

const attached = [
  'message',
  'signal',
  'timer',
  'cycle',
  'conditional',
  'error',
  'escalation',
  'multiple',
  'parallel multiple',
] as const;

/** An activity, sometimes repeated, sometimes with boundary events, sometimes with inputs and outputs of its own. */
export function activity(net: Net, tag: string, options: NodeOptions = {}): Piece {
  const { random } = net;
  const content = [...(options.content ?? [])];
  if (random.chance(12)) content.push(repetition(net));
  const id = net.node(tag, { ...options, content });
  if (random.chance(18)) attach(net, id);
  if (random.chance(4)) attach(net, id);
  return { first: id, last: id };
}

function repetition(net: Net): Drawn {
  const { random } = net;
  const kind = random.pick(['parallel', 'sequential', 'loop'] as const);
  net.drawing.used.add(`repeat: ${kind}`);
  if (kind === 'loop') return standardLoop(net);
  const sequential: Record<string, string> = kind === 'sequential' ? { isSequential: 'true' } : {};
  if (random.chance(30)) return overCollection(net, sequential);
  const count = `=${random.pick(['1', '2', '3', 'x', '0'])}`;
  const enough = random.chance(25)
    ? [formal('completionCondition', `=numberOfCompletedInstances >= ${random.between(1, 2)}`)]
    : [];
  if (enough.length > 0) net.drawing.used.add('repeat: completion condition');
  return bpmn('multiInstanceLoopCharacteristics', sequential, formal('loopCardinality', count), ...enough);
}

function overCollection(net: Net, sequential: Record<string, string>): Drawn {
  const { random } = net;
  net.drawing.used.add('repeat: collection');
  const loop = {
    inputCollection: `=[${Array.from({ length: random.between(0, 3) }, () => random.between(0, 2)).join(', ')}]`,
    inputElement: random.pick(['item', 'x']),
  };
  const output: Record<string, string> = random.chance(60)
    ? { outputCollection: 'list', outputElement: random.pick(['=item', '=x', '=loopCounter']) }
    : {};
  return bpmn(
    'multiInstanceLoopCharacteristics',
    sequential,
    extension(zeebe('loopCharacteristics', { ...loop, ...output })),
  );
}

function standardLoop(net: Net): Drawn {
  const { random } = net;
  const attributes: Record<string, string> = { loopMaximum: String(random.between(1, 3)) };
  if (random.chance(50)) attributes.testBefore = 'true';
  return bpmn('standardLoopCharacteristics', attributes, formal('loopCondition', net.condition()));
}

/** A boundary event with a way of its own. */
function attach(net: Net, host: string): void {
  const { random } = net;
  const kind = random.pick(attached);
  const interrupting = kind === 'error' || random.chance(60);
  const attributes = { attachedToRef: host, cancelActivity: String(interrupting), ...together(kind) };
  const event = net.node('boundaryEvent', { attributes, content: triggers(kind, random) }, 'b');
  net.drawing.used.add(`boundary: ${kind}${interrupting ? '' : ', not interrupting'}`);
  const { first, last } = net.piece();
  net.flow(event, first);
  net.flow(last, drawEnd(net));
}
