import { activity } from './decorations.ts';
import { bpmn, type Drawn, extension, zeebe } from './drawn.ts';
import { fill, fillAdHoc } from './fill.ts';
import { type Block, formal, jobType, Net } from './net.ts';

/** What a call names: some called processes see only what is passed to them, or give back only what is mapped. */
function calling({ random }: Net, processId: string): Drawn {
  const back: Record<string, string> = random.chance(15) ? { propagateAllChildVariables: 'false' } : {};
  if (random.chance(80)) return extension(zeebe('calledElement', { processId, ...back }));
  const sources = random.shuffled(['x', 'y', 'z']);
  const passed = ['x', 'y', 'z'].map((target, at) => zeebe('input', { source: `=${sources[at]}`, target }));
  const called = zeebe('calledElement', { processId, propagateAllParentVariables: 'false', ...back });
  return extension(called, zeebe('ioMapping', {}, ...passed));
}

function globalTask({ random }: Net, id: string): Drawn {
  const tag = random.pick([
    'globalUserTask',
    'globalTask',
    'globalManualTask',
    'globalScriptTask',
    'globalBusinessRuleTask',
  ]);
  if (tag === 'globalBusinessRuleTask') return bpmn(tag, { id }, jobType('c'));
  if (tag !== 'globalScriptTask') return bpmn(tag, { id });
  return bpmn(
    tag,
    { id },
    extension(zeebe('script', { expression: '=x + 1', resultVariable: random.pick(['x', 'y']) })),
  );
}

/** Activities with something inside. */
export const scopeBlocks: readonly Block[] = [
  {
    name: 'sub-process',
    weight: 3,
    fits: ({ depth }) => depth < 3,
    draw: (net) => {
      const inner = new Net(net.drawing, net.depth + 1, 'subProcess');
      fill(inner, 3);
      return activity(net, 'subProcess', { content: inner.content() }, inner);
    },
  },
  {
    name: 'transaction',
    weight: 2,
    fits: ({ depth }) => depth < 2,
    draw: (net) => {
      const inner = new Net(net.drawing, net.depth + 1, 'transaction');
      fill(inner, 4);
      const { first, last } = activity(net, 'transaction', { content: inner.content() }, inner);
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
      return activity(net, 'callActivity', { content: [calling(net, id)] }, inner);
    },
  },
  {
    name: 'call activity: global task',
    weight: 1,
    draw: (net) => {
      const id = `called${net.drawing.called.length + 1}`;
      net.drawing.called.push(globalTask(net, id));
      return activity(net, 'callActivity', { attributes: { calledElement: id } });
    },
  },
  {
    name: 'ad-hoc sub-process',
    weight: 1.5,
    fits: ({ depth }) => depth < 3,
    draw: (net) => {
      const { random } = net;
      const inner = new Net(net.drawing, net.depth + 1, 'adHocSubProcess');
      fillAdHoc(inner);
      const enough = random.chance(60) ? [formal('completionCondition', net.condition())] : [];
      const attributes: Record<string, string> = random.chance(40) ? { ordering: 'Sequential' } : {};
      if (random.chance(40)) attributes.cancelRemainingInstances = 'false';
      return activity(net, 'adHocSubProcess', { attributes, content: [...inner.content(), ...enough] });
    },
  },
];
