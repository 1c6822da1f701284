import { type BpmnElement, booleanOf, extensionOf } from '../../ir/bpmn-element.ts';
import type { Finding } from '../../ir/finding.ts';
import { type ForeignElement, type ForeignWord, foreignAttributes, foreignElements } from './foreign-words.ts';
import { addMapping, type Create, type Mapping, ownExtension, setOwn } from './own-words.ts';
import { mappingSource, type ValueResult, valueInForm } from './values.ts';
import { ignoredFinding, refusedFinding, type Told, translatedFinding } from './vendor-findings.ts';

/** Input and output parameters, what a call hands over, and how often a job is tried. */
export function translateParameters(element: BpmnElement, told: Told, create: Create): Finding[] {
  const words = foreignElements(element);
  return [
    ...words.flatMap((word) => {
      switch (word.local) {
        case 'inputOutput':
          return word.children.map((one) => parameter(element, one, told, create));
        case 'failedJobRetryTimeCycle':
          return [retries(element, word, told, create)];
        case 'in':
        case 'out':
          return handOver(element, word, told, create);
        default:
          return [];
      }
    }),
    ...propagation(element, words, told, create),
  ];
}

function parameter(element: BpmnElement, word: ForeignElement, told: Told, create: Create): Finding {
  const direction = word.local === 'outputParameter' ? 'out' : 'in';
  return map(element, word, { direction, source: sourceOf(word), target: word.attributes.name ?? '' }, told, create);
}

/** A text or expression, or a list or map of them. */
function sourceOf(word: ForeignElement): ValueResult {
  const [inner] = word.children;
  if (inner === undefined) return mappingSource(word.body);
  const parts = inner.children.map((one) => ({ key: one.attributes.key ?? '', source: sourceOf(one) }));
  const unsaid = parts.find(({ source }) => !source.ok)?.source;
  if (unsaid) return unsaid;
  const said = parts.map(({ key, source }) => ({ key, feel: source.ok ? source.value.slice(1) : '' }));
  if (inner.local === 'list') return { ok: true, value: `=[${said.map(({ feel }) => feel).join(', ')}]` };
  if (inner.local !== 'map') return { ok: false, because: 'script', detail: inner.name };
  return { ok: true, value: `={${said.map(({ key, feel }) => `${JSON.stringify(key)}: ${feel}`).join(', ')}}` };
}

type Wanted = { readonly direction: Mapping['direction']; readonly source: ValueResult; readonly target: string };

function map(element: BpmnElement, word: ForeignElement, wanted: Wanted, told: Told, create: Create): Finding {
  const { direction, source, target } = wanted;
  if (!source.ok) return refusedFinding(word, source.because, told, source.detail);
  if (!/^[A-Za-z_\u0080-\uffff][\w\u0080-\uffff.]*$/.test(target))
    return refusedFinding(word, 'not-here', told, target);
  if (!addMapping(element, { direction, source: source.value, target }, create))
    return ignoredFinding(word, 'said-here', told);
  const value = word.attributes.sourceExpression ?? word.attributes.source ?? word.body;
  return translatedFinding(word, { value, to: `${target} ${source.value}` }, told);
}

/** What a call activity hands to the called process and takes back. */
function handOver(element: BpmnElement, word: ForeignElement, told: Told, create: Create): Finding[] {
  if (element.$type !== 'bpmn:CallActivity') return [refusedFinding(word, 'not-here', told)];
  const { source, sourceExpression, target, variables, businessKey } = word.attributes;
  if (businessKey !== undefined) return [ignoredFinding(word, 'one-case', told)];
  if (variables !== undefined) return [];
  const read = sourceExpression === undefined ? valueInForm(source ?? '', 'variable') : mappingSource(sourceExpression);
  const direction = word.local === 'in' ? 'in' : 'out';
  return [map(element, word, { direction, source: read, target: target ?? '' }, told, create)];
}

/** Other engines hand over only what is listed, unless everything is. */
function propagation(element: BpmnElement, words: readonly ForeignElement[], told: Told, create: Create): Finding[] {
  const own = extensionOf(element, 'zeebe:CalledElement');
  const listed = words.filter(
    ({ local, attributes }) => /^(in|out)$/.test(local) && attributes.businessKey === undefined,
  );
  const inherits = foreignAttributes(element).find(({ local }) => local === 'inheritVariables');
  const [first] = [...listed, ...(inherits ? [inherits] : [])];
  if (element.$type !== 'bpmn:CallActivity' || first === undefined) return [];
  const all = (local: string) => listed.some((word) => word.local === local && word.attributes.variables === 'all');
  return [
    propagate(
      element,
      own,
      'propagateAllParentVariables',
      all('in') || inherits?.value === 'true',
      first,
      told,
      create,
    ),
    propagate(element, own, 'propagateAllChildVariables', all('out'), first, told, create),
  ].flat();
}

function propagate(
  element: BpmnElement,
  own: BpmnElement | undefined,
  property: string,
  value: boolean,
  word: ForeignWord,
  told: Told,
  create: Create,
): Finding[] {
  if (own && booleanOf(own, property) !== undefined) return [];
  Reflect.set(ownExtension(element, 'zeebe:CalledElement', create), property, value);
  const to = `zeebe:CalledElement ${property}="${value}"`;
  return [translatedFinding(word, { value: value ? 'all' : '', to }, told)];
}

function retries(element: BpmnElement, word: ForeignElement, told: Told, create: Create): Finding {
  const value = valueInForm(word.body, 'retries');
  if (!value.ok) return refusedFinding(word, value.because, told, value.detail);
  if (!extensionOf(element, 'zeebe:TaskDefinition')) return ignoredFinding(word, 'own-transactions', told);
  return setOwn(element, { type: 'zeebe:TaskDefinition', property: 'retries', value: value.value }, create)
    ? translatedFinding(word, { value: word.body, to: `zeebe:TaskDefinition retries="${value.value}"` }, told)
    : ignoredFinding(word, 'said-here', told);
}
