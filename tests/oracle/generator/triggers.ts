import type { Random } from '../random.ts';
import { bpmn, type Drawn, extension, zeebe } from './drawn.ts';
import { formal } from './net.ts';

/** Messages, signals, errors and escalations every generated file declares. */
export const declarations: readonly Drawn[] = [
  ...['m1', 'm3'].map((name) => bpmn('message', { id: `Message_${name}`, name })),
  bpmn('message', { id: 'Message_m2', name: 'm2' }, extension(zeebe('subscription', { correlationKey: '=x' }))),
  ...['s1', 's2'].map((name) => bpmn('signal', { id: `Signal_${name}`, name })),
  ...['e1', 'e2'].map((code) => bpmn('error', { id: `Error_${code}`, name: code, errorCode: code })),
  ...['c1', 'c2'].map((code) => bpmn('escalation', { id: `Escalation_${code}`, name: code, escalationCode: code })),
  bpmn('signalEventDefinition', { id: 'Told_signal', signalRef: 'Signal_s1' }),
  bpmn('escalationEventDefinition', { id: 'Told_escalation', escalationRef: 'Escalation_c1' }),
];

export type TriggerKind =
  | 'message'
  | 'signal'
  | 'timer'
  | 'date'
  | 'cycle'
  | 'conditional'
  | 'error'
  | 'escalation'
  | 'terminate'
  | 'cancel'
  | 'multiple'
  | 'parallel multiple';

/** Event definitions of a kind: several of `multiple`, one of the others. */
export function triggers(kind: TriggerKind, random: Random): readonly Drawn[] {
  if (kind !== 'multiple' && kind !== 'parallel multiple') return [trigger(kind, random)];
  const from = ['message', 'signal', 'timer', 'conditional'] as const;
  const kinds = random.shuffled(from).slice(0, random.between(2, 3));
  return kinds.map((one) => trigger(one, random));
}

/** All of several triggers must come. */
export function together(kind: TriggerKind): Readonly<Record<string, string>> {
  return kind === 'parallel multiple' ? { parallelMultiple: 'true' } : {};
}

/** Instants in universal time, with an offset, of the hospital's zone, days of it, and one that is past. */
const dates = [
  '2026-03-02T03:00:00Z',
  '2026-03-02T12:30:00+08:00',
  '2026-03-02T09:30:00',
  '2026-03-03',
  '2026-03-01T08:00:00Z',
];

const cycles = [
  'R2/PT1H',
  'R3/PT30M',
  'R1/PT2H',
  'R/PT45M',
  'R2/2026-03-02T05:00:00Z/PT1H',
  'R2/2026-03-02T10:00:00/PT1H',
];

/** An event definition of a kind, with random particulars. */
export function trigger(kind: Exclude<TriggerKind, 'multiple' | 'parallel multiple'>, random: Random): Drawn {
  const definition = (name: string, attributes: Record<string, string> = {}, ...content: Drawn[]) =>
    bpmn(`${name}EventDefinition`, attributes, ...content);
  switch (kind) {
    case 'message':
      return definition('message', { messageRef: `Message_${random.pick(['m1', 'm2', 'm3'])}` });
    case 'signal':
      return definition('signal', { signalRef: `Signal_${random.pick(['s1', 's2'])}` });
    case 'timer':
      return definition('timer', {}, formal('timeDuration', random.pick(['PT1H', 'PT2H', 'PT90M', 'P1D'])));
    case 'date':
      return definition('timer', {}, formal('timeDate', random.pick(dates)));
    case 'cycle':
      return definition('timer', {}, formal('timeCycle', random.pick(cycles)));
    case 'conditional':
      return definition(
        'conditional',
        {},
        formal('condition', `=${random.pick(['x', 'y', 'z'])} ${random.pick(['= 2', '> 1', '= 1'])}`),
      );
    case 'error':
      return definition('error', random.chance(45) ? {} : { errorRef: `Error_${random.pick(['e1', 'e2'])}` });
    case 'escalation':
      return definition(
        'escalation',
        random.chance(45) ? {} : { escalationRef: `Escalation_${random.pick(['c1', 'c2'])}` },
      );
    case 'terminate':
    case 'cancel':
      return definition(kind);
  }
}

/** A definition that throws: an error or escalation always has a code. */
export function thrown(kind: 'signal' | 'error' | 'escalation', random: Random): Drawn {
  if (kind === 'signal') return trigger('signal', random);
  const [name, codes] = kind === 'error' ? ['Error', ['e1', 'e2']] : ['Escalation', ['c1', 'c2']];
  return bpmn(`${kind}EventDefinition`, { [`${kind}Ref`]: `${name}_${random.pick(codes)}` });
}

/** A message event that publishes. */
export function bpmnPublish(random: Random): readonly Drawn[] {
  return [extension({ tag: 'clinical:publish', attributes: {}, children: [] }), trigger('message', random)];
}
