import { enclosingOf, scopeOfNode } from '../../ir/enclosing-scope.ts';
import type { IrNode } from '../../ir/kernel.ts';
import { flowsIn, hasNode } from '../../ir/routing.ts';
import { beginEmpty } from '../begin.ts';
import { refuseChange } from '../commands/answer.ts';
import type { Placing } from '../modification.ts';
import type { Rejection } from '../rejection.ts';
import { definitionOf, emit, nodeIn, numbersOf, type Run, scopeDefinition, scopeOf } from '../run.ts';
import { armEventScope, cancelScope, enterEventScope, eventScopeOf } from '../scopes.ts';
import { placeToken } from '../tokens.ts';
import { isEmpty } from './close-emptied.ts';

type Found = { readonly n: number };

/**
 * Places a token where a person wants it. Sub-processes around the node that are not open are opened, with their inputs, boundary events and event
 * sub-processes, but without their own beginning. A boundary event and the start of an event sub-process count as triggered.
 */
export function placeByHand(run: Run, placing: Placing): Rejection | undefined {
  const home = homeOf(run, placing);
  if (typeof home !== 'string') return home;
  const refusal = refuseNode(run, home, placing);
  if (refusal) return refusal;
  const found = openFor(run, home, placing);
  if ('code' in found) return found;
  const closed = makeActive(run, found.n, placing.node);
  if (closed) return closed;
  const { flow } = placing;
  const triggered = nodeIn(definitionOf(run, found.n), placing.node).boundary ? { triggered: {} } : {};
  placeToken(run, found.n, placing.node, { ...triggered, ...(flow === undefined ? {} : { flow }) });
  return undefined;
}

/** Scope of the diagram the token goes into: that of the open scope named, where it has the node, else the node's own. */
function homeOf(run: Run, { node, scope }: Placing): string | Rejection {
  const named = scope === undefined ? undefined : definitionOf(run, scope);
  if (named && hasNode(named, node)) return named.id;
  const home = scopeOfNode(run.definition, node);
  return home ?? refuseChange('no-node', `element ${node}`, 'this version has none of that id', { element: node });
}

function refuseNode(run: Run, home: string, { node: id, flow }: Placing): Rejection | undefined {
  const definition = scopeDefinition(run, home);
  const node = nodeIn(definition, id);
  const about = { element: id };
  if (node.isCompensation)
    return refuseChange('compensation', `an element of the flow`, `${id} is entered by compensation alone`, about);
  const ways = flowsIn(definition, id);
  if (flow !== undefined && !ways.some((way) => way.flow === flow))
    return refuseChange('no-flow', `a flow that leads to ${id}`, `${flow} does not`, { ...about, flow });
  if (flow === undefined && countsArrivals(node) && ways.length > 1)
    return refuseChange('flow-needed', `the flow the token arrives at ${id} by`, 'it was not named', about);
  return undefined;
}

/** Whether a token placed at a node must say by which flow it arrives. */
export function countsArrivals({ join }: IrNode): boolean {
  return join !== undefined && join.kind !== 'quantity';
}

/** The open scope to place in; opens it, and what is around it, where it is not. */
function openFor(run: Run, home: string, placing: Placing): Found | Rejection {
  const candidates = numbersOf(run.draft.scopes).filter(
    (n) => run.draft.scopes[n]?.definition === home && isUnder(run, n, placing.scope),
  );
  const [only, another] = candidates;
  if (only !== undefined && placing.scope === only) return { n: only };
  if (another !== undefined)
    return refuseChange(
      'several-scopes',
      `one open scope for ${placing.node}`,
      `there are ${candidates.length}; name one`,
      {
        element: placing.node,
        count: candidates.length,
      },
    );
  return only === undefined ? openAround(run, home, placing) : { n: only };
}

function isUnder(run: Run, scope: number, around: number | undefined): boolean {
  for (let n: number | undefined = scope; n !== undefined; n = run.draft.scopes[n]?.parent)
    if (around === undefined || n === around) return true;
  return false;
}

function openAround(run: Run, home: string, placing: Placing): Found | Rejection {
  const enclosing = enclosingOf(run.definition, home);
  if (!enclosing)
    return refuseChange(
      'process-not-running',
      `process ${home} under way`,
      'it is not; place a token at what calls it',
      {
        element: placing.node,
        process: home,
      },
    );
  if (enclosing.as === 'run')
    return refuseChange('repeated', `${enclosing.node} under way`, 'it is not; place a token at it instead', {
      element: placing.node,
      activity: enclosing.node,
    });
  const around = openFor(run, enclosing.scope, placing);
  if ('code' in around) return around;
  const closed = makeActive(run, around.n, enclosing.node);
  if (closed) return closed;
  return enclosing.as === 'body' ? openBody(run, around.n, enclosing.node) : openEvent(run, around.n, enclosing.node);
}

function openBody(run: Run, scope: number, activity: string): Found | Rejection {
  const begun = beginEmpty(run, scope, activity);
  if (begun.ok && begun.value !== undefined) return { n: begun.value };
  const but = begun.ok ? 'one of its boundary events stopped it at once' : begun.stuck.message;
  return refuseChange('not-opened', `${activity} to open`, but, { activity });
}

function openEvent(run: Run, scope: number, start: string): Found | Rejection {
  const eventScope = eventScopeOf(run, scope, start);
  if (eventScope) return { n: enterEventScope(run, scope, eventScope) };
  return refuseChange('not-opened', `${start} to begin`, 'its scope has no such event', { activity: start });
}

/**
 * A scope that an event sub-process interrupted goes on as before once that is stopped: its other events are waited for again. What is being
 * undone or is completing takes no tokens.
 */
function makeActive(run: Run, n: number, node: string): Rejection | undefined {
  const { phase, outcome } = scopeOf(run, n);
  if (phase === 'active') return undefined;
  const { adHoc, eventScopes } = definitionOf(run, n);
  const interrupting = interruptingIn(run, n);
  const isBusy = interrupting.some((child) => !isEmpty(run, child));
  if (phase === 'compensating' || outcome !== undefined || adHoc || isBusy)
    return refuseChange('not-active', `the scope of ${node} to be active`, 'it is ending or being undone', {
      element: node,
    });
  for (const child of interrupting) cancelScope(run, child);
  emit(run, { type: 'ScopePhased', n, phase: 'active' });
  for (const eventScope of eventScopes) armEventScope(run, n, eventScope);
  return undefined;
}

/** Open event sub-processes that interrupted a scope. */
function interruptingIn(run: Run, n: number): number[] {
  const starts = definitionOf(run, n).eventScopes.flatMap(({ interrupting, start }) => (interrupting ? [start] : []));
  return numbersOf(run.draft.scopes).filter((child) => {
    const { parent, startedBy } = scopeOf(run, child);
    return parent === n && startedBy !== undefined && starts.includes(startedBy);
  });
}
