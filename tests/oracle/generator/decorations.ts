import { bpmn, type Drawn, extension, zeebe } from './drawn.ts';
import { drawEnd } from './ends.ts';
import { formal, jobType, type Net, type NodeOptions, type Piece } from './net.ts';
import { thrown, together, triggers } from './triggers.ts';

const attached = [
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

/** An activity, sometimes repeated, sometimes with boundary events, sometimes with inputs and outputs of its own. */
export function activity(net: Net, tag: string, options: NodeOptions = {}, inner?: Net): Piece {
  const { random } = net;
  const content = [...(options.content ?? [])];
  const repeated = random.chance(12) ? repetition(net) : undefined;
  if (repeated) content.push(repeated);
  if (/^(user|service|businessRule)Task$/.test(tag) && random.chance(10)) content.push(...dataFlow(net));
  const id = net.node(tag, { ...options, content: withMappings(net, tag, content) });
  if (repeated?.attributes.behavior && random.chance(70)) attach(net, id, random.pick(['signal', 'escalation']));
  if (random.chance(18)) attach(net, id, random.pick(kindsOn(tag)));
  if (random.chance(4)) attach(net, id, random.pick(kindsOn(tag)));
  if (inner?.throws && random.chance(80)) attach(net, id, inner.throws);
  if (random.chance(14)) undo(net, id);
  return inner?.undoesItself && random.chance(60)
    ? net.chain({ first: id, last: id }, undoneAtOnce(net))
    : { first: id, last: id };
}

/** Compensation right behind what can undo itself. */
function undoneAtOnce(net: Net): Piece {
  net.drawing.used.add('throw: compensation');
  return net.single('intermediateThrowEvent', { content: [bpmn('compensateEventDefinition')] });
}

const mappable = /^(userTask|serviceTask|sendTask|businessRuleTask|receiveTask|subProcess|callActivity)$/;

/** Some activities have inputs of their own, some name what becomes of their results. */
function withMappings(net: Net, tag: string, content: readonly Drawn[]): readonly Drawn[] {
  const { random } = net;
  const isMapped = content.some(({ children }) =>
    children.some((one) => typeof one !== 'string' && one.tag === 'zeebe:ioMapping'),
  );
  if (isMapped || !mappable.test(tag) || !random.chance(15)) return content;
  net.drawing.used.add('mappings');
  const [from, to] = [random.pick(['x', 'y', 'z']), random.pick(['x', 'y', 'z'])];
  const inputs = random.chance(70) ? [zeebe('input', { source: `=${from} + 1`, target: random.pick(['w', 'x']) })] : [];
  const outputs = random.chance(50) ? [zeebe('output', { source: `=${from}`, target: to })] : [];
  const mapping = zeebe('ioMapping', {}, ...inputs, ...outputs);
  const [first, ...others] = content;
  if (first?.tag !== 'bpmn:extensionElements') return [extension(mapping), ...content];
  return [{ ...first, children: [...first.children, mapping] }, ...others];
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
  const told = random.chance(35) ? behaviour(net) : { attributes: {}, content: [] };
  const attributes = { ...sequential, ...told.attributes };
  const content = [formal('loopCardinality', count), ...told.content, ...enough];
  return bpmn('multiInstanceLoopCharacteristics', attributes, ...content);
}

/** A data object read into a data input that may stay empty, and one written from a data output. */
function dataFlow(net: Net): readonly Drawn[] {
  net.drawing.count += 1;
  const [input, output] = [`i${net.drawing.count}`, `i${net.drawing.count}o`];
  const ends = (from: string, to: string) => [bpmn('sourceRef', {}, from), bpmn('targetRef', {}, to)];
  const reference = net.data();
  return [
    bpmn(
      'ioSpecification',
      {},
      bpmn('dataInput', { id: input, name: 'w' }),
      bpmn('dataOutput', { id: output, name: net.random.pick(['x', 'y', 'z', 'w']) }),
      bpmn('inputSet', {}, bpmn('dataInputRefs', {}, input), bpmn('optionalInputRefs', {}, input)),
      bpmn('outputSet', {}, bpmn('dataOutputRefs', {}, output)),
    ),
    bpmn('dataInputAssociation', {}, ...ends(reference, input)),
    bpmn('dataOutputAssociation', {}, ...ends(output, reference)),
  ];
}

type Behaviour = { readonly attributes: Readonly<Record<string, string>>; readonly content: readonly Drawn[] };

/** What a multi-instance activity throws as its runs complete. */
function behaviour({ random, drawing }: Net): Behaviour {
  const behavior = random.pick(['None', 'One', 'All', 'Complex'] as const);
  drawing.used.add(`repeat: behaviour ${behavior}`);
  const kind = random.pick(['signal', 'escalation'] as const);
  if (behavior === 'None') return { attributes: { behavior, noneBehaviorEventRef: `Told_${kind}` }, content: [] };
  if (behavior === 'One') return { attributes: { behavior, oneBehaviorEventRef: `Told_${kind}` }, content: [] };
  if (behavior === 'All') return { attributes: { behavior }, content: [] };
  drawing.count += 1;
  const condition = formal('condition', `=numberOfCompletedInstances = ${random.between(1, 2)}`);
  const event = bpmn('event', { id: `t${drawing.count}` }, thrown(kind, random));
  return { attributes: { behavior }, content: [bpmn('complexBehaviorDefinition', {}, condition, event)] };
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

/** What undoes an activity. */
function undo(net: Net, host: string): void {
  net.drawing.used.add('compensation handler');
  const content = [bpmn('compensateEventDefinition')];
  const event = net.node('boundaryEvent', { attributes: { attachedToRef: host }, content }, 'b');
  const tag = net.random.pick(['userTask', 'userTask', 'serviceTask', 'task']);
  const job = tag === 'serviceTask' ? [jobType('undo')] : [];
  const options = { attributes: { isForCompensation: 'true' }, content: withMappings(net, tag, job) };
  const handler = net.node(tag, options, 'u');
  net.artifact(
    bpmn('association', {
      id: `${event}_${handler}`,
      sourceRef: event,
      targetRef: handler,
      associationDirection: 'One',
    }),
  );
  net.undone.push(host);
}

/** What can come out of jobs are errors, of what has something inside escalations too; there they are drawn more often. */
function kindsOn(tag: string): readonly (typeof attached)[number][] {
  if (/^(service|send|businessRule)Task$/.test(tag)) return [...others, 'error', 'error'];
  return tag.endsWith('Task') || tag === 'task' ? others : [...attached, 'error', 'escalation', 'error', 'escalation'];
}

const others = attached.filter((kind) => kind !== 'error' && kind !== 'escalation');

/** A boundary event with a way of its own. */
function attach(net: Net, host: string, kind: (typeof attached)[number]): void {
  const { random } = net;
  const interrupting = random.chance(60);
  const attributes = { attachedToRef: host, cancelActivity: String(interrupting), ...together(kind) };
  const event = net.node('boundaryEvent', { attributes, content: triggers(kind, random) }, 'b');
  net.drawing.used.add(`boundary: ${kind}${interrupting ? '' : ', not interrupting'}`);
  const { first, last } = net.piece();
  net.flow(event, first);
  net.finish(last, drawEnd);
}
