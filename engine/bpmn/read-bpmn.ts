import { BpmnModdle, type ParseResult } from 'bpmn-moddle';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };
import { checkText, placeOf } from '../interchange/check-text.ts';
import { type BpmnElement, elementsOf, isElement, textOf } from '../ir/bpmn-element.ts';
import type { Finding } from '../ir/finding.ts';
import { capitalFinding, idFindings } from './check-names.ts';
import clinical from './clinical.json' with { type: 'json' };
import { referenceTypeFindings } from './reference-types.ts';
import { trimIds } from './trim-ids.ts';
import { translateExpressions } from './vendor/translate-expressions.ts';
import { translateVendor } from './vendor/translate-vendor.ts';
import { warningFindings } from './warnings.ts';

/** A BPMN file that was read: its definitions, and every element of the semantic model by id. */
export type BpmnModel = { readonly definitions: BpmnElement; readonly byId: ReadonlyMap<string, BpmnElement> };

/** Knows the types, and nothing of a file: one for all. */
const moddle = new BpmnModdle({ zeebe, clinical });

/** What reading gives. Without a model, at least one finding is an error. */
export type ReadResult = { readonly model?: BpmnModel; readonly findings: readonly Finding[] };

/**
 * Reads BPMN 2.0 with the zeebe and clinical extensions. Nothing is dropped in silence: whatever the parser could not place is a finding.
 * Elements without an id, which BPMN allows, get one from their place in the file, the same at every reading.
 */
export async function readBpmn(xml: string): Promise<ReadResult> {
  const refused = checkText(xml) ?? capitalFinding(xml);
  if (refused) return { findings: [refused] };
  const { text, findings: repaired } = trimIds(xml);
  const parsed = await parse(text);
  if ('severity' in parsed) return { findings: [parsed] };
  const { rootElement } = parsed;
  if (!isElement(rootElement) || rootElement.$type !== 'bpmn:Definitions')
    return {
      findings: [
        { ...error('no-definitions', 'Expected BPMN definitions, but the file holds something else'), path: '1:1' },
      ],
    };
  const byId = indexOf(rootElement);
  const findings = [
    ...idFindings(byId.keys()),
    ...repaired,
    ...warningFindings(parsed.warnings, byId, text),
    ...referenceTypeFindings(byId),
    ...translateVendor(rootElement, (type, properties = {}) => moddle.create(type, properties)),
    ...translateExpressions(rootElement),
  ];
  return { model: { definitions: rootElement, byId }, findings };
}

async function parse(xml: string): Promise<ParseResult | Finding> {
  try {
    return await moddle.fromXML(xml);
  } catch (failure) {
    const reason = failure instanceof Error ? failure.message.replace(/\s+/g, ' ') : 'it cannot be read';
    const place = /line: (\d+) column: (\d+)/.exec(reason);
    const path = place
      ? `${Number(place[1]) + 1}:${Number(place[2]) + 1}`
      : placeOf(xml, Math.max(0, xml.search(/<[^?!]/)));
    return { ...error('not-bpmn', `Expected well-formed BPMN, but ${reason} at ${path}`), path };
  }
}

function error(rule: string, message: string): Finding {
  return { rule, severity: 'error', message };
}

/** Lists through which the semantic model is reached; diagrams are not part of it. */
const childLists = [
  'rootElements',
  'participants',
  'messageFlows',
  'laneSets',
  'lanes',
  'flowElements',
  'artifacts',
  'eventDefinitions',
] as const;

function indexOf(definitions: BpmnElement): Map<string, BpmnElement> {
  const byId = new Map<string, BpmnElement>();
  const open: BpmnElement[] = [definitions];
  for (let element = open.shift(); element; element = open.shift()) {
    byId.set(ensureId(element, byId), element);
    for (const list of childLists) if (has(element, list)) open.push(...elementsOf(element, list));
    const nested = has(element, 'childLaneSet') ? element.get('childLaneSet') : undefined;
    if (isElement(nested)) open.push(nested);
  }
  return byId;
}

function has(element: BpmnElement, property: string): boolean {
  return Array.isArray(element.get(property)) || isElement(element.get(property));
}

/** `<parent>_<Type>_<place among the parent's elements of that type>`, so that the same file always gives the same ids. */
function ensureId(element: BpmnElement, byId: ReadonlyMap<string, BpmnElement>): string {
  const own = textOf(element, 'id');
  if (own !== undefined && !byId.has(own)) return own;
  const parent = isElement(element.$parent) ? textOf(element.$parent, 'id') : undefined;
  const base = `${parent ?? 'definitions'}_${element.$type.replace('bpmn:', '')}`;
  let number = 1;
  while (byId.has(`${base}_${number}`)) number += 1;
  Reflect.set(element, 'id', `${base}_${number}`);
  return `${base}_${number}`;
}
