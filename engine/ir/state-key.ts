const reserved: ReadonlySet<string> = new Set(['new', 'consumed', 'cancelled']);

/**
 * Key of a node's state in the emitted machine. XState reads `.` and `#` in targets as paths, so they are escaped as in URLs; ids equal to
 * one of the machine's own states have their first letter escaped.
 */
export function stateKey(nodeId: string): string {
  if (reserved.has(nodeId)) return `%${nodeId.charCodeAt(0).toString(16).toUpperCase()}${nodeId.slice(1)}`;
  if (!/[%.#*]/.test(nodeId)) return nodeId;
  return nodeId.replaceAll('%', '%25').replaceAll('.', '%2E').replaceAll('#', '%23').replaceAll('*', '%2A');
}

/** Node of a state key. */
export function nodeOfStateKey(key: string): string {
  return key.replace(/%([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Event by which a token enters a node from nowhere. */
export function enterEvent(nodeId: string): string {
  return `enter.${stateKey(nodeId)}`;
}

/** Event by which a token leaves its node along a flow. */
export function takeEvent(flowId: string): string {
  return `take.${stateKey(flowId)}`;
}

/** Flow of a `take` event, nothing for other events. */
export function flowOfTakeEvent(event: string): string | undefined {
  return event.startsWith('take.') ? nodeOfStateKey(event.slice('take.'.length)) : undefined;
}
