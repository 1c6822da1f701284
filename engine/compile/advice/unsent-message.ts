import { elementOf, elementsOf, idOf } from '../../ir/bpmn-element.ts';
import type { Trigger } from '../../ir/kernel.ts';
import { writtenText } from '../../ir/value-source.ts';
import type { Resolved } from '../1-resolve.ts';
import { type AdviceRule, type Advised, warning } from './advised.ts';

/**
 * A message that is waited for and that nothing sends: no step of the package publishes it, and no message flow is drawn to where it is waited
 * for, which would say that somebody outside does. What happens to a patient (`patient.…`) is told by the hospital's own system.
 */
export const unsentMessage: AdviceRule = (advised) => {
  const sent = sentIn(advised);
  if (sent === 'unknown') return [];
  const drawn = messageFlowTargets(advised.resolved);
  const seen = new Set<string>();
  return waitingPlaces(advised).flatMap(({ id, around, name }) => {
    const isSent = sent.has(name) || name.startsWith('patient.') || [id, ...around].some((one) => drawn.has(one));
    if (isSent || seen.has(`${id} ${name}`)) return [];
    seen.add(`${id} ${name}`);
    const expected = `somebody to send ${name}: a step that publishes it, or a message flow from another pool`;
    return [warning('unsent-message', id, expected, `nobody does, and ${id} waits for it`, { message: name })];
  });
};

type Waiting = { readonly id: string; readonly around: readonly string[]; readonly name: string };

function waitingPlaces({ definition }: Advised): readonly Waiting[] {
  const inside = Object.values(definition.scopes).flatMap((scope) => [
    ...Object.values(scope.nodes).flatMap(({ id, body, boundary }) => [
      ...(body.kind === 'catch' ? messagesOf(body.trigger).map((name) => ({ id, around: [], name })) : []),
      ...(boundary ? messagesOf(boundary.trigger).map((name) => ({ id, around: [boundary.attachedTo], name })) : []),
    ]),
    ...scope.eventScopes.flatMap(({ start, scope: around, trigger }) =>
      messagesOf(trigger).map((name) => ({ id: start, around: [around], name })),
    ),
  ]);
  const starts = Object.values(definition.processes).flatMap((one) =>
    one.starts.flatMap(({ startEventId, kind, messageName }) =>
      kind === 'message' && messageName ? [{ id: startEventId, around: [one.processId], name: messageName }] : [],
    ),
  );
  return [...inside, ...starts];
}

function messagesOf(trigger: Trigger): readonly string[] {
  if (trigger.kind === 'any' || trigger.kind === 'all') return trigger.triggers.flatMap(messagesOf);
  const name = trigger.kind === 'message' ? writtenText(trigger.name) : undefined;
  return name === undefined ? [] : [name];
}

/** Names that are published; unknown when one is computed. */
function sentIn({ definition }: Advised): ReadonlySet<string> | 'unknown' {
  const names = Object.values(definition.scopes)
    .flatMap(({ nodes }) => Object.values(nodes))
    .flatMap(({ body }) => {
      if (body.kind === 'pass') return body.acts;
      return body.kind === 'throw' && body.throws.kind === 'several' ? body.throws.acts : [];
    })
    .flatMap((act) => (act.kind === 'publish' ? [writtenText(act.messageName)] : []));
  return names.includes(undefined) ? 'unknown' : new Set(names.filter((name) => name !== undefined));
}

/** What a message flow of the collaboration leads to: a node, or a pool's process. */
function messageFlowTargets({ model }: Resolved): ReadonlySet<string> {
  const collaborations = elementsOf(model.definitions, 'rootElements').filter(
    ({ $type }) => $type === 'bpmn:Collaboration',
  );
  const targets = collaborations
    .flatMap((one) => elementsOf(one, 'messageFlows'))
    .flatMap((flow) => elementOf(flow, 'targetRef') ?? []);
  return new Set(
    targets.map((target) => {
      const process = target.$type === 'bpmn:Participant' ? elementOf(target, 'processRef') : undefined;
      return idOf(process ?? target);
    }),
  );
}
