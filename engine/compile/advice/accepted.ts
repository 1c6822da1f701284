import { type BpmnElement, elementOf, elementsOf, idOf, isElement, textOf } from '../../ir/bpmn-element.ts';
import type { Finding } from '../../ir/finding.ts';
import { codesIn } from '../../ir/value-source.ts';
import type { Resolved } from '../1-resolve.ts';
import { warning } from './advised.ts';

/** An answer to advice that the diagram itself gives: `clinical:accept` on the element the advice is about. */
type Acceptance = {
  readonly elementId: string;
  readonly rule: string;
  /** Other elements of the advice it speaks of; none: all. */
  readonly of: readonly string[];
  readonly reason: string;
};

/**
 * Advice the diagram does not answer. An answer names the rule, may name the other elements it is about, and gives its reason, which whoever
 * approves the flow reads in the diagram. One without a reason answers nothing; one that nothing asks for any more is advice itself.
 */
export function unanswered(findings: readonly Finding[], resolved: Resolved): readonly Finding[] {
  const acceptances = acceptancesIn(resolved);
  const answering = (finding: Finding) => acceptances.filter((one) => answers(one, finding));
  const used = new Set(findings.flatMap(answering));
  return [
    ...findings.filter((finding) => !answering(finding).some(({ reason }) => reason.trim() !== '')),
    ...acceptances.filter((one) => !used.has(one)).map(unasked),
  ];
}

function answers({ elementId, rule, of }: Acceptance, finding: Finding): boolean {
  if (finding.elementId !== elementId || finding.rule !== rule) return false;
  const others = codesIn(String(finding.params?.others ?? ''));
  return others.every((other) => of.length === 0 || of.includes(other));
}

function unasked({ elementId, rule }: Acceptance): Finding {
  const expected = `advice ${rule} for the answer ${elementId} gives`;
  return warning('unasked-acceptance', elementId, expected, 'there is none', { rule });
}

function acceptancesIn({ containers }: Resolved): readonly Acceptance[] {
  return [...containers.values()].flatMap(({ nodes }) => nodes.flatMap(acceptancesOf));
}

function acceptancesOf(element: BpmnElement): readonly Acceptance[] {
  const extensions = elementOf(element, 'extensionElements');
  const values = extensions ? elementsOf(extensions, 'values') : [];
  return values
    .filter((value) => isElement(value) && value.$type === 'clinical:Accept')
    .map((value) => ({
      elementId: idOf(element),
      rule: textOf(value, 'rule') ?? '',
      of: (textOf(value, 'of') ?? '').split(/\s+/).filter((id) => id !== ''),
      reason: textOf(value, 'reason') ?? '',
    }));
}
