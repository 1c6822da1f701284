import { Random } from '../random.ts';
import { eventBlocks } from './blocks-events.ts';
import { gatewayBlocks } from './blocks-gateways.ts';
import { scopeBlocks } from './blocks-scopes.ts';
import { taskBlocks } from './blocks-tasks.ts';
import { bpmn, type Drawn } from './drawn.ts';
import { fill } from './fill.ts';
import { type Block, type Drawing, Net } from './net.ts';
import { otherStarts } from './starts.ts';
import { declarations } from './triggers.ts';

/** Every block there is; a process draws from all of them. */
export const allBlocks: readonly Block[] = [...taskBlocks, ...eventBlocks, ...gatewayBlocks, ...scopeBlocks];

/** A random file with one process to start, `p`, and the names of the blocks it was drawn from. */
export type Generated = {
  readonly file: Drawn;
  readonly used: ReadonlySet<string>;
  /** Where the case begins, if not at its plain start event. */
  readonly startAt?: string;
};

const namespaces = {
  'xmlns:bpmn': 'http://www.omg.org/spec/BPMN/20100524/MODEL',
  'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
  'xmlns:zeebe': 'http://camunda.org/schema/zeebe/1.0',
  'xmlns:clinical': 'urn:meridian:clinical:1',
  id: 'definitions',
  targetNamespace: 'urn:random',
};

/** Draws a process. The same seed always draws the same. */
export function generate(seed: number, blocks: readonly Block[] = allBlocks): Generated {
  const random = new Random(seed);
  const drawing: Drawing = { random, budget: random.between(4, 24), count: 0, used: new Set(), called: [], blocks };
  const net = new Net(drawing, 0, 'process');
  fill(net, 5);
  const starts = random.chance(25) ? otherStarts(net) : [];
  const process = bpmn('process', { id: 'p', isExecutable: 'true' }, ...net.content());
  const file = bpmn('definitions', namespaces, ...declarations, process, ...drawing.called);
  const startAt = starts.length > 0 && random.chance(70) ? random.pick(starts) : undefined;
  return { file, used: drawing.used, ...(startAt === undefined ? {} : { startAt }) };
}
