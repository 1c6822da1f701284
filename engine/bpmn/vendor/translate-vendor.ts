import { type BpmnElement, isElement, textOf } from '../../ir/bpmn-element.ts';
import type { Finding } from '../../ir/finding.ts';
import { type AttributeRule, attributeTable, elementTable, type RefusedBecause } from './attribute-table.ts';
import { type ForeignAttribute, type ForeignWord, foreignAttributes, foreignElements } from './foreign-words.ts';
import { type Create, setOwn } from './own-words.ts';
import { translateParameters } from './parameters.ts';
import { translateResources } from './resources.ts';
import { translateScript } from './scripts.ts';
import { valueInForm } from './values.ts';
import { ignoredFinding, refusedFinding, type Told, translatedFinding } from './vendor-findings.ts';

/**
 * Says in our dialect what other engines put on the elements of a diagram, in memory only: the file stays as it is. Each attribute
 * and extension element of a known engine gives one finding: what it was read as, that it makes no difference here, or why it
 * cannot be said. What the author said in our own dialect as well holds.
 */
export function translateVendor(definitions: BpmnElement, create: Create): Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<unknown>();
  const open: { readonly element: BpmnElement; readonly owner: string | undefined }[] = [
    { element: definitions, owner: undefined },
  ];
  for (let next = open.pop(); next; next = open.pop()) {
    const { element } = next;
    if (seen.has(element)) continue;
    seen.add(element);
    const owner = textOf(element, 'id') ?? next.owner;
    findings.push(...translateElement(element, owner, create));
    const children = childrenOf(element).map((child) => ({ element: child, owner }));
    open.push(...children.reverse());
  }
  return findings;
}

function childrenOf(element: BpmnElement): BpmnElement[] {
  return Object.entries(element)
    .filter(([name]) => !name.startsWith('$') && name !== 'diagrams' && name !== 'extensionElements')
    .flatMap(([, value]: [string, unknown]) => (Array.isArray(value) ? value : [value]))
    .filter(isElement);
}

function translateElement(element: BpmnElement, owner: string | undefined, create: Create): Finding[] {
  const told: Told = { owner, type: element.$type };
  return [
    ...foreignAttributes(element).flatMap((attribute) => translateAttribute(element, attribute, told, create)),
    ...translateScript(element, told, create),
    ...translateResources(element, told, create),
    ...translateParameters(element, told, create),
    ...foreignElements(element).flatMap((word) => {
      const rule = Object.hasOwn(elementTable, word.local) ? elementTable[word.local] : undefined;
      return rule ? [untranslated(word, rule, told)] : [];
    }),
  ];
}

function untranslated(word: ForeignWord, rule: Exclude<AttributeRule, { kind: 'becomes' }>, told: Told): Finding {
  return rule.kind === 'ignored' ? ignoredFinding(word, rule.because, told) : refusedFinding(word, rule.because, told);
}

function translateAttribute(element: BpmnElement, attribute: ForeignAttribute, told: Told, create: Create): Finding[] {
  const special = byValue(element, attribute);
  if (special !== undefined) return special === 'elsewhere' ? [] : [refusedFinding(attribute, special, told)];
  const rule = Object.hasOwn(attributeTable, attribute.local) ? attributeTable[attribute.local] : undefined;
  if (rule === undefined) return [refusedFinding(attribute, 'unknown', told)];
  if (rule.kind !== 'becomes') return [untranslated(attribute, rule, told)];
  if (!rule.on.includes(element.$type)) return [refusedFinding(attribute, 'not-here', told)];
  const value = valueInForm(attribute.value, rule.form);
  if (!value.ok) return [refusedFinding(attribute, value.because, told, value.detail)];
  const { type, property } = rule;
  return setOwn(element, { type, property, value: value.value }, create)
    ? [translatedFinding(attribute, { value: attribute.value, to: `${type} ${property}="${value.value}"` }, told)]
    : [ignoredFinding(attribute, 'said-here', told)];
}

/** Attributes whose meaning hangs on their value or on others beside them. */
function byValue(element: BpmnElement, { local, value }: ForeignAttribute): RefusedBecause | 'elsewhere' | undefined {
  if (local === 'type') return /^external(-worker)?$/.test(value) ? 'elsewhere' : 'built-in-task';
  if (local === 'resultVariable' || local === 'resultVariableName')
    return ['bpmn:ScriptTask', 'bpmn:BusinessRuleTask'].includes(element.$type) ? 'elsewhere' : 'program';
  if (local === 'inheritVariables' || local === 'inheritBusinessKey') return 'elsewhere';
  return undefined;
}
