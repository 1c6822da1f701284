import { boundary, definitions, element, extension, flow, processOf, timer } from '../spec/diagram.ts';
import type { Seeded } from './seeded.ts';

type Drawing = { readonly xml: string[]; count: number; readonly draw: Seeded };

/** A block: one way in, one way out. */
type Block = { readonly first: string; readonly last: string };

/** A large model made of blocks that are sound each, so that the whole is: sequences, choices, branches at once, loops, sub-processes. */
export function largeModel(nodes: number, draw: Seeded): string {
  const drawing: Drawing = { xml: [], count: 0, draw };
  drawing.xml.push(element('startEvent', 'start'), element('endEvent', 'end'));
  const body = sequence(drawing, nodes);
  drawing.xml.push(flow('start', body.first), flow(body.last, 'end'));
  return definitions(processOf('large', extension(), ...drawing.xml));
}

function sequence(drawing: Drawing, budget: number): Block {
  const until = drawing.count + budget;
  const blocks = [task(drawing)];
  while (drawing.count < until) {
    const next = block(drawing, until - drawing.count);
    drawing.xml.push(flow(blocks.at(-1)?.last ?? '', next.first));
    blocks.push(next);
  }
  return { first: blocks[0]?.first ?? '', last: blocks.at(-1)?.last ?? '' };
}

function block(drawing: Drawing, budget: number): Block {
  const { draw } = drawing;
  if (budget < 6 || draw.chance(40)) return task(drawing);
  const size = Math.min(budget - 2, 4 + draw.below(20));
  const kind = draw.pick(['exclusive', 'parallel', 'inclusive', 'loop', 'sub'] as const);
  if (kind === 'loop') return loop(drawing, size);
  return kind === 'sub' ? subProcess(drawing, size) : branches(drawing, kind ?? 'exclusive', size);
}

function task(drawing: Drawing): Block {
  const id = nameFor(drawing, 'task');
  drawing.xml.push(element('userTask', id));
  if (drawing.draw.chance(15)) drawing.xml.push(reminder(drawing, id));
  return { first: id, last: id };
}

/** A timer that starts something beside the task. */
function reminder(drawing: Drawing, host: string): string {
  const [event, remind] = [nameFor(drawing, 'timer'), nameFor(drawing, 'remind')];
  return (
    boundary(event, host, timer('timeDuration', 'PT1H'), false) + element('userTask', remind) + flow(event, remind)
  );
}

function branches(drawing: Drawing, kind: string, size: number): Block {
  const [first, last] = [nameFor(drawing, kind), nameFor(drawing, kind)];
  drawing.xml.push(element(`${kind}Gateway`, first), element(`${kind}Gateway`, last));
  const count = 2 + drawing.draw.below(2);
  const condition = kind === 'parallel' ? undefined : '=free';
  for (let branch = 0; branch < count; branch += 1) {
    const inner = sequence(drawing, Math.max(1, Math.floor(size / count) - 1));
    drawing.xml.push(flow(first, inner.first, condition), flow(inner.last, last));
  }
  return { first, last };
}

function loop(drawing: Drawing, size: number): Block {
  const [first, last] = [nameFor(drawing, 'again'), nameFor(drawing, 'enough')];
  const inner = sequence(drawing, size);
  drawing.xml.push(element('exclusiveGateway', first), element('exclusiveGateway', last));
  drawing.xml.push(flow(first, inner.first), flow(inner.last, last), flow(last, first, '=free'));
  const after = task(drawing);
  drawing.xml.push(flow(last, after.first, '=free'));
  return { first, last: after.last };
}

function subProcess(drawing: Drawing, size: number): Block {
  const id = nameFor(drawing, 'sub');
  const inside: Drawing = { ...drawing, xml: [] };
  const inner = sequence(inside, size);
  drawing.count = inside.count;
  const [start, end] = [`${id}start`, `${id}end`];
  const ends = [
    element('startEvent', start),
    element('endEvent', end),
    flow(start, inner.first),
    flow(inner.last, end),
  ];
  drawing.xml.push(element('subProcess', id, [...ends, ...inside.xml].join('')));
  return { first: id, last: id };
}

function nameFor(drawing: Drawing, kind: string): string {
  drawing.count += 1;
  return `${kind}${drawing.count}`;
}
