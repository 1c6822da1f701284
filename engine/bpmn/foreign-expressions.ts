import { type BpmnElement, isElement, textOf } from '../ir/bpmn-element.ts';
import type { Finding } from '../ir/finding.ts';

/**
 * Reads simple `${…}` expressions of other engines as FEEL and says so. What has no FEEL (method calls, beans) stays as it is and is refused
 * by name when it is parsed.
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
  const feel = text && feelOfForeign(text);
  if (!property || !feel) return [];
  Reflect.set(element, property, `=${feel}`);
  return [
    {
      rule: 'translated-expression',
      severity: 'info',
      message: `Expected FEEL, but "${text}" is written for another engine and is read as "${feel}"`,
      ...(owner === undefined ? {} : { elementId: owner }),
      params: { from: text, to: feel },
    },
  ];
}

/** `bean.method(…)`: there is nothing of the kind in FEEL. */
const callsMethod = /\.\s*\w+\s*\(/;

const words: readonly (readonly [RegExp, string])[] = [
  [/\bnrOf(Completed|Active|)Instances\b/g, 'numberOf$1Instances'],
  [/&&/g, ' and '],
  [/\|\|/g, ' or '],
  [/==/g, '='],
  [/\beq\b/g, '='],
  [/\bne\b/g, '!='],
  [/\bge\b/g, '>='],
  [/\ble\b/g, '<='],
  [/\bgt\b/g, '>'],
  [/\blt\b/g, '<'],
  [/\bempty\s+([A-Za-z_][\w.]*)/g, '$1 = null'],
  [/\bnot\s+([A-Za-z_][\w.]*)/g, 'not($1)'],
  [/!\s*([A-Za-z_][\w.]*)/g, 'not($1)'],
];

/** FEEL for a `${…}` expression; nothing for any other text. */
export function feelOfForeign(text: string): string | undefined {
  const inside = /^\s*[$#]\{([\s\S]*)\}\s*$/.exec(text)?.[1];
  if (inside === undefined || callsMethod.test(inside)) return undefined;
  const parts = inside.split(/("[^"]*"|'[^']*')/);
  return parts
    .map((part) =>
      /^["']/.test(part) ? `"${part.slice(1, -1)}"` : words.reduce((said, [from, to]) => said.replace(from, to), part),
    )
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
}
