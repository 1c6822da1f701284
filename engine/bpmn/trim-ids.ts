import type { Finding } from '../ir/finding.ts';

const carriers =
  'id|sourceRef|targetRef|attachedToRef|default|processRef|messageRef|signalRef|errorRef|escalationRef|activityRef';

/** White space around an id, which XML forbids and other tools write, is taken off; the parser would drop the whole element. */
export function trimIds(xml: string): { readonly text: string; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const text = xml.replace(new RegExp(`\\b(${carriers})="([^"]*)"`, 'g'), (whole, name: string, id: string) => {
    const trimmed = id.trim();
    if (trimmed === id) return whole;
    findings.push({
      rule: 'trimmed-id',
      severity: 'info',
      message: `Expected an id without white space around it, but there is "${id}"; it is read as "${trimmed}"`,
      elementId: trimmed,
    });
    return `${name}="${trimmed}"`;
  });
  return { text, findings };
}
