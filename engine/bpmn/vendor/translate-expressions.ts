import { type BpmnElement, isElement, textOf } from '../../ir/bpmn-element.ts';
import type { Finding } from '../../ir/finding.ts';
import { type ForeignText, feelOfExpression, readForeignText } from './expression-language.ts';

/**
 * Reads simple expressions of other engines as FEEL and says so. What has no FEEL (method calls, beans) is named; it stays as it is and is
 * refused with its place when it is parsed.
 */
export function translateExpressions(definitions: BpmnElement): Finding[] {
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
    findings.push(...translateIn(element, owner));
    for (const child of childrenOf(element)) open.push({ element: child, owner });
  }
  return findings;
}

function childrenOf(element: BpmnElement): BpmnElement[] {
  return Object.entries(element)
    .filter(([name]) => !name.startsWith('$') && name !== 'diagrams')
    .flatMap(([, value]: [string, unknown]) => (Array.isArray(value) ? value : [value]))
    .filter(isElement);
}

function translateIn(element: BpmnElement, owner: string | undefined): Finding[] {
  const isExpression = element.$type === 'bpmn:FormalExpression' || element.$type === 'bpmn:Expression';
  const property = isExpression ? 'body' : element.$type === 'bpmn:CallActivity' ? 'calledElement' : undefined;
  const text = property && textOf(element, property);
  if (!property || !text) return [];
  const read = readExpression(text, textOf(element, 'language'));
  if (read.kind === 'plain') return [];
  if (read.kind === 'feel') Reflect.set(element, property, `=${read.feel}`);
  return [findingOf(text, read, owner)];
}

/** `return a > b;`, as some engines write conditions in Java. */
const javaReturn = /^return\s+([\s\S]+?);?$/;

function readExpression(text: string, language: string | undefined): ForeignText {
  const inside = javaReturn.exec(text)?.[1];
  if (inside === undefined || !/java|mvel/i.test(language ?? '')) return readForeignText(text);
  const translated = feelOfExpression(inside);
  return translated.ok ? { kind: 'feel', feel: translated.feel } : { kind: 'unsaid', because: translated.because };
}

function findingOf(text: string, read: ForeignText, owner: string | undefined): Finding {
  const place = owner === undefined ? {} : { elementId: owner };
  if (read.kind === 'feel')
    return {
      rule: 'translated-expression',
      severity: 'info',
      message: `Expected FEEL, but "${text}" is written for another engine and is read as "${read.feel}"`,
      ...place,
      params: { from: text, to: read.feel },
    };
  const because = read.kind === 'unsaid' ? read.because : '';
  return {
    rule: 'untranslated-expression',
    severity: 'warning',
    message: `Expected an expression that can be said in FEEL, but "${text}" has ${because}`,
    ...place,
    params: { from: text, because },
  };
}
