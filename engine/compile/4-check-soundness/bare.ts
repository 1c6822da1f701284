import type { AdHoc, Body, IrNode, Throw, Trigger, ValueSource } from '../../ir/kernel.ts';
import { noCode } from './outcomes.ts';

/** An activity that waits until it is told how it went. */
export const work: Body = { kind: 'job', job: { jobType: { literal: 'work' }, retries: { literal: 1 }, headers: {} } };

/** A node that does nothing but let tokens through. */
export function passing(id: string, more: Partial<IrNode> = {}): IrNode {
  const type = 'bpmn:Task';
  return {
    id,
    type,
    body: { kind: 'pass', acts: [] },
    split: 'exclusive',
    conditions: {},
    inputs: [],
    outputs: [],
    boundaries: [],
    ...more,
  };
}

/** A node without its data: what it reads and writes does not decide where tokens may go. */
export function bareNode({ repeat: _, results: __, ...node }: IrNode, body: Body): IrNode {
  const boundary = node.boundary && { ...node.boundary, trigger: bareTrigger(node.boundary.trigger, node.id) };
  return { ...node, body, inputs: [], outputs: [], ...(boundary ? { boundary } : {}) };
}

/** What may be entered, whoever asks for it. */
export function bareAdHoc({ people: _, ...adHoc }: AdHoc): AdHoc {
  return adHoc;
}

/** A trigger that can be armed without data. A condition becomes a variable of its own, so that it can come true alone. */
export function bareTrigger(trigger: Trigger, node: string): Trigger {
  switch (trigger.kind) {
    case 'message':
      return { kind: 'message', name: literal(trigger.name) };
    case 'signal':
      return { kind: 'signal', name: literal(trigger.name) };
    case 'timer':
      return { kind: 'timer', timer: bareTimer(trigger.timer) };
    case 'condition':
      return { kind: 'condition', feel: variableFor(node) };
    case 'any':
    case 'all':
      return { ...trigger, triggers: trigger.triggers.map((one) => bareTrigger(one, node)) };
    default:
      return trigger;
  }
}

/** How often a cycle comes matters where it is written down; otherwise it comes without end. */
function bareTimer({ kind, value }: Extract<Trigger, { kind: 'timer' }>['timer']) {
  const known = 'literal' in value && /^R\d+\/P/.test(String(value.literal));
  if (kind === 'cycle') return { kind, value: known ? value : { literal: 'R/PT1H' } };
  return { kind: 'duration' as const, value: { literal: 'PT1H' } };
}

/** Name of the variable that stands for the conditional event of a node. */
function variableFor(node: string): string {
  return `c${[...node].map((char) => char.codePointAt(0)?.toString(36)).join('_')}`;
}

/** What is thrown, without data. */
export function bareThrow(thrown: Throw): Throw {
  switch (thrown.kind) {
    case 'error':
    case 'escalation':
      return { kind: thrown.kind, code: thrown.code ? literal(thrown.code) : { literal: noCode } };
    case 'signal':
      return { kind: 'signal', name: literal(thrown.name) };
    case 'several':
      return { kind: 'several', acts: [], throws: thrown.throws.map(bareThrow) };
    default:
      return thrown;
  }
}

function literal(source: ValueSource): ValueSource {
  return 'literal' in source ? source : { literal: source.feel };
}
