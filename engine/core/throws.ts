import type { Trigger } from '../ir/kernel.ts';
import type { JsonObject } from './json.ts';
import { definitionOf, emit, nodeIn, numbersOf, type Run, scopeOf, tokenOf } from './run.ts';
import { cancelScope, openEventScope, rootScope } from './scopes.ts';
import { fire, fireBoundary, staysOpen } from './triggers.ts';

/** What is thrown inside the case. */
export type Thrown = {
  readonly kind: 'error' | 'escalation' | 'cancel';
  readonly code?: string;
  readonly message?: string;
  readonly output: JsonObject;
};

type Catcher =
  | { readonly kind: 'event-scope'; readonly scope: number; readonly start: string; readonly node: string }
  | { readonly kind: 'boundary'; readonly host: number; readonly node: string };

/**
 * Throws outward from a token: its own boundary events (when its work threw), then scope by scope the event sub-processes before the boundary
 * events of the activity around; at each place a code that matches goes before a catch-all. Gives the catcher's id.
 */
export function throwFrom(
  run: Run,
  token: number,
  thrown: Thrown,
  own: 'own-boundary' | 'outward',
): string | undefined {
  const catcher =
    (own === 'own-boundary' ? catchingBoundary(run, token, thrown) : undefined) ?? catcherAround(run, token, thrown);
  recordThrow(run, tokenOf(run, token).node, thrown, catcher);
  if (catcher) catchWith(run, catcher, thrown);
  return catcher?.node;
}

function recordThrow(run: Run, node: string, thrown: Thrown, catcher: Catcher | undefined): void {
  const code = thrown.code === undefined ? {} : { code: thrown.code };
  const caughtBy = catcher ? { caughtBy: catcher.node } : {};
  if (thrown.kind === 'error') emit(run, { type: 'ErrorThrown', node, ...code, ...caughtBy });
  if (thrown.kind === 'escalation') emit(run, { type: 'EscalationThrown', node, ...code, ...caughtBy });
}

function catcherAround(run: Run, token: number, thrown: Thrown): Catcher | undefined {
  let from: string | undefined;
  for (let n: number | undefined = tokenOf(run, token).scope; n !== undefined; ) {
    const catcher = catchingEventScope(run, n, thrown, from);
    if (catcher) return catcher;
    const { host, parent, startedBy } = scopeOf(run, n);
    const boundary = host === undefined ? undefined : catchingBoundary(run, host, thrown);
    if (boundary) return boundary;
    from = startedBy;
    n = parent;
  }
  return undefined;
}

/** `from`: the event sub-process the throw comes out of, which never catches its own. */
function catchingEventScope(run: Run, scope: number, thrown: Thrown, from?: string): Catcher | undefined {
  const candidates = definitionOf(run, scope).eventScopes.filter((one) => one.start !== from);
  const best = bestMatch(candidates, thrown);
  return best && { kind: 'event-scope', scope, start: best.start, node: best.start };
}

function catchingBoundary(run: Run, host: number, thrown: Thrown): Catcher | undefined {
  const { scope, node } = tokenOf(run, host);
  const definition = definitionOf(run, scope);
  const candidates = nodeIn(definition, node).boundaries.flatMap((id) => {
    const { boundary } = nodeIn(definition, id);
    return boundary ? [{ id, trigger: boundary.trigger }] : [];
  });
  const best = bestMatch(candidates, thrown);
  return best && { kind: 'boundary', host, node: best.id };
}

function bestMatch<T extends { readonly trigger: Trigger }>(candidates: readonly T[], thrown: Thrown): T | undefined {
  const codes = (one: T) => codesCaught(one.trigger, thrown.kind);
  return (
    candidates.find((one) => thrown.code !== undefined && codes(one).includes(thrown.code)) ??
    candidates.find((one) => codes(one).includes(undefined))
  );
}

/** Codes of that kind a trigger catches; `undefined` is any. */
function codesCaught(trigger: Trigger, kind: Thrown['kind']): readonly (string | undefined)[] {
  if (trigger.kind === 'any') return trigger.triggers.flatMap((one) => codesCaught(one, kind));
  if (trigger.kind !== kind) return [];
  return [trigger.kind === 'error' || trigger.kind === 'escalation' ? trigger.code : undefined];
}

function catchWith(run: Run, catcher: Catcher, thrown: Thrown): void {
  if (catcher.kind === 'boundary') {
    const { scope } = tokenOf(run, catcher.host);
    fireBoundary(
      run,
      catcher.host,
      catcher.node,
      broughtBy(thrown, nodeIn(definitionOf(run, scope), catcher.node).outputs.length > 0),
    );
    return;
  }
  const eventScope = definitionOf(run, catcher.scope).eventScopes.find((one) => one.start === catcher.start);
  if (!eventScope) return;
  const start = run.definition.scopes[eventScope.scope]?.nodes[catcher.start];
  openEventScope(run, catcher.scope, eventScope, broughtBy(thrown, (start?.outputs.length ?? 0) > 0));
}

/** A catcher's output mappings may also read the code and message; without mappings only what was thrown is merged. */
function broughtBy(thrown: Thrown, mapped: boolean): JsonObject {
  if (!mapped) return thrown.output;
  const code = thrown.kind === 'escalation' ? 'escalationCode' : 'errorCode';
  return { ...thrown.output, [code]: thrown.code ?? null, errorMessage: thrown.message ?? null };
}

/** A signal reaches everyone in this case who waits for it now, before its thrower goes on. */
export function throwSignal(run: Run, messageName: string, payload: JsonObject): void {
  for (const n of numbersOf(run.draft.subscriptions)) {
    const open = run.draft.subscriptions[n];
    if (open?.kind !== 'signal' || open.subscription.messageName !== messageName) continue;
    const { kind: _, subscription: __, ...owner } = open;
    if (!staysOpen(run, owner)) emit(run, { type: 'Unsubscribed', n });
    fire(run, owner, payload);
  }
}

/** Nobody caught the error of an end event: the case ends with it. */
export function endCaseWithError(run: Run, code: string | undefined): void {
  const root = rootScope(run);
  if (root !== undefined) cancelScope(run, root, 'error');
  emit(run, { type: 'CaseEnded', outcome: 'error', ...(code === undefined ? {} : { errorCode: code }) });
}
