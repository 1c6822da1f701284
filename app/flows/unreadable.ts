import type { Finding } from '../../engine/index.ts';

/** What leaves nothing to draw or to compare: such a file is not kept, not even as a draft. */
const unreadable: ReadonlySet<string> = new Set([
  'file-too-large',
  'bad-characters',
  'doctype',
  'too-deep',
  'too-many-elements',
  'not-bpmn',
  'no-definitions',
  'reserved-id',
  'duplicate-id',
  'unknown-element',
  'id-too-long',
  'check-limit',
]);

/** A file drawn elsewhere must also have both ends of everything; in the editor an end may be missing for a while. */
const incomplete = 'unresolved-reference';

/** The first finding for which a diagram cannot be kept, if there is one. */
export function whyUnreadable(findings: readonly Finding[], from: 'editor' | 'file'): Finding | undefined {
  return findings.find(
    ({ rule, severity }) => severity === 'error' && (unreadable.has(rule) || (from === 'file' && rule === incomplete)),
  );
}
