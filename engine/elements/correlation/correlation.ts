import { type BpmnElement, bodyOf, elementOf, elementsOf, isElement } from '../../ir/bpmn-element.ts';
import type { Mapping, ValueSource } from '../../ir/kernel.ts';
import { feelOf } from '../../ir/value-source.ts';
import { variableOf } from '../data-association/data-variable.ts';

/** Variable that keeps what the first message of a conversation set, by key. */
const kept = 'correlationKeys';

/** How a message of a conversation finds its case. */
export type Correlation = {
  /** What a waiting place waits with. */
  readonly waited: ValueSource;
  /** What a thrown message is sent with. */
  readonly sent: ValueSource;
  /** Keeps the key the first message sets; nothing where the case's data give it. */
  readonly remember: readonly Mapping[];
};

/**
 * Correlation by the standard (BPMN 2.0.2, 8.4.2): a key of the conversation whose every property says where in this message it is found. By
 * data of the process where it subscribes with them; else the first message sets the key and later ones must match. A case that waits before
 * any message has set it takes one without a key.
 */
export function correlationOf(message: BpmnElement, event: BpmnElement): Correlation | undefined {
  const key = keysAround(message).find((one) => retrievalOf(one, message) !== undefined);
  const retrieval = key && retrievalOf(key, message);
  if (!key || retrieval === undefined) return undefined;
  const fromData = subscribedOf(key, event);
  if (fromData !== undefined) return { waited: { feel: fromData }, sent: { feel: retrieval }, remember: [] };
  const place = `${kept}.${variableOf(key)}`;
  const first = `if ${place} = null then (${retrieval}) else ${place}`;
  return {
    waited: { feel: `if ${place} = null then "" else ${place}` },
    sent: { feel: first },
    remember: [{ source: { feel: first }, target: place }],
  };
}

/** What an element that sends or receives messages of a conversation keeps of them. */
export function rememberedKeys(element: BpmnElement): readonly Mapping[] {
  const definitions = elementsOf(element, 'eventDefinitions').filter(
    (one) => one.$type === 'bpmn:MessageEventDefinition',
  );
  const messages = [element, ...definitions].flatMap((holder) => elementOf(holder, 'messageRef') ?? []);
  return messages.flatMap((message) => correlationOf(message, element)?.remember ?? []);
}

/** Keys of the file's collaborations and of the conversations in them. */
export function keysAround(element: BpmnElement): readonly BpmnElement[] {
  let root: unknown = element;
  while (isElement(root) && root.$type !== 'bpmn:Definitions') root = root.$parent;
  if (!isElement(root)) return [];
  return elementsOf(root, 'rootElements').flatMap(keysIn);
}

function keysIn(holder: BpmnElement): readonly BpmnElement[] {
  const inner = [...elementsOf(holder, 'conversations'), ...elementsOf(holder, 'conversationNodes')];
  return [...elementsOf(holder, 'correlationKeys'), ...inner.flatMap(keysIn)];
}

/** FEEL that finds a key in a message's payload; nothing where one of its properties is not told for this message. */
export function retrievalOf(key: BpmnElement, message: BpmnElement): string | undefined {
  return composed(elementsOf(key, 'correlationPropertyRef').map((property) => pathIn(property, message)));
}

/** Where in a message a property is found. */
export function pathIn(property: BpmnElement, message: BpmnElement): string | undefined {
  const retrieval = elementsOf(property, 'correlationPropertyRetrievalExpression').find(
    (one) => elementOf(one, 'messageRef') === message,
  );
  return retrieval && bodyOf(retrieval, 'messagePath');
}

/** FEEL that finds a key in the data of the event's process, where that subscribes with them. */
function subscribedOf(key: BpmnElement, event: BpmnElement): string | undefined {
  let around: unknown = event;
  while (isElement(around) && around.$type !== 'bpmn:Process') around = around.$parent;
  const subscription = isElement(around)
    ? elementsOf(around, 'correlationSubscriptions').find((one) => elementOf(one, 'correlationKeyRef') === key)
    : undefined;
  if (!subscription) return undefined;
  const bindings = elementsOf(subscription, 'correlationPropertyBinding');
  const pathOf = (property: BpmnElement) => {
    const binding = bindings.find((one) => elementOf(one, 'correlationPropertyRef') === property);
    return binding && bodyOf(binding, 'dataPath');
  };
  return composed(elementsOf(key, 'correlationPropertyRef').map(pathOf));
}

/** A key of several properties is their values in order, with `|` between them. */
function composed(paths: readonly (string | undefined)[]): string | undefined {
  const found = paths.flatMap((path) => (path === undefined ? [] : [feelOf(path)]));
  if (found.length < paths.length || found.length === 0) return undefined;
  return found.length === 1 ? found[0] : found.map((path) => `string(${path})`).join(' + "|" + ');
}
