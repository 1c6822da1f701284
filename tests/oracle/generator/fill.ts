import { bpmn } from './drawn.ts';
import { drawEnd } from './ends.ts';
import { Net } from './net.ts';
import { thrown, together, triggers } from './triggers.ts';

const handled = [
  'message',
  'signal',
  'timer',
  'date',
  'cycle',
  'conditional',
  'error',
  'escalation',
  'multiple',
  'parallel multiple',
] as const;

/** Draws what is in a scope: from its start over some blocks to its end, sometimes tangled, sometimes with event sub-processes. */
export function fill(net: Net, most: number): void {
  const start = net.node('startEvent', {}, 's');
  const { first, last } = net.pieces(most);
  net.flow(start, first);
  if (net.depth > 0 && net.random.chance(15)) net.throws = net.random.pick(['error', 'escalation']);
  if (net.throws) net.flow(last, net.node('endEvent', { content: [thrown(net.throws, net.random)] }, 'e'));
  else if (net.random.chance(92)) net.flow(last, drawEnd(net));
  if (net.random.chance(40)) entangle(net);
  if (net.throws && net.random.chance(30)) handler(net, net.throws);
  if (net.random.chance(15)) handler(net);
  if (net.random.chance(5)) handler(net);
  if ((net.kind === 'subProcess' || net.kind === 'transaction') && net.random.chance(15)) undoingHandler(net);
}

/** Draws what people may do in an ad-hoc sub-process: activities, some with something behind them. */
export function fillAdHoc(net: Net): void {
  const { random, drawing, depth } = net;
  const activities = drawing.blocks.filter(
    ({ name }) => /^(task|sub-process)/.test(name) && (depth < 3 || name !== 'sub-process'),
  );
  for (let drawn = random.between(1, 3); drawn > 0; drawn -= 1) {
    const { last } = random.pick(activities).draw(net);
    if (random.chance(35)) net.flow(last, net.pieces(2).first);
  }
  if (random.chance(12)) handler(net);
}

/** An event sub-process. */
function handler(net: Net, kind: (typeof handled)[number] = net.random.pick(handled)): void {
  const { random, drawing } = net;
  const interrupting = random.chance(60);
  drawing.used.add(`event sub-process: ${kind}${interrupting ? '' : ', not interrupting'}`);
  const inner = new Net(drawing, net.depth + 1, 'eventSubProcess');
  const start = inner.node(
    'startEvent',
    {
      attributes: { isInterrupting: String(interrupting), ...together(kind) },
      content: triggers(kind, random),
    },
    's',
  );
  const { first, last } = inner.pieces(2);
  inner.flow(start, first);
  inner.flow(last, drawEnd(inner));
  net.node('subProcess', { attributes: { triggeredByEvent: 'true' }, content: inner.content() }, 'h');
}

/** An event sub-process that undoes the sub-process it is in. */
function undoingHandler(net: Net): void {
  net.drawing.used.add('event sub-process: compensation');
  net.undoesItself = true;
  const inner = new Net(net.drawing, net.depth + 1, 'eventSubProcess');
  const start = inner.node('startEvent', { content: [bpmn('compensateEventDefinition')] }, 's');
  const piece = inner.pieces(1);
  inner.flow(start, piece.first);
  inner.flow(piece.last, inner.node('endEvent', {}, 'e'));
  net.node('subProcess', { attributes: { triggeredByEvent: 'true' }, content: inner.content() }, 'h');
}

/** Adds flows a structured drawing would not have: jumps ahead and ways back, through a task, so that no loop runs by itself. */
function entangle(net: Net): void {
  const { random } = net;
  const count = random.between(1, 3);
  for (let drawn = 0; drawn < count; drawn += 1) {
    const leaving = net.drawnNodes.filter(({ id, tag }) => !net.isFixedExit(id, tag));
    const entering = net.drawnNodes.filter(({ id, tag }) => !net.isFixedEntry(id, tag));
    if (leaving.length === 0 || entering.length === 0) return;
    const from = random.pick(leaving);
    const to = random.pick(entering);
    const between = net.node('userTask');
    const asks =
      /^(exclusive|inclusive)Gateway$/.test(from.tag) || (!from.tag.endsWith('Gateway') && random.chance(30));
    net.flow(from.id, between, asks ? net.condition() : undefined);
    net.flow(between, to.id);
  }
}
