import type { CompiledDefinition, ScopeDefinition } from '../../ir/definition.ts';
import type { Finding } from '../../ir/finding.ts';
import type { IrNode } from '../../ir/kernel.ts';
import { flowsIn } from '../../ir/routing.ts';
import type { TraceStep } from '../../ir/soundness.ts';
import type { Step } from './explore.ts';
import type { Fault } from './judge.ts';
import { comesFromOutside } from './parts.ts';
import type { Stage } from './stage.ts';
import { showing, traceTo } from './trace.ts';

function error(
  rule: string,
  elementId: string,
  message: string,
  trace: readonly TraceStep[],
  params: Finding['params'] = {},
): Finding {
  return {
    rule,
    severity: 'error',
    overridable: true,
    message,
    elementId,
    params: { element: elementId, ...params },
    trace,
  };
}

/** What is said of a fault that was found by playing. */
export function faultFinding(fault: Fault, stage: Stage, before: readonly TraceStep[]): Finding {
  const { node } = fault;
  const run = [...before, ...traceTo(stage, fault.kind === 'twice' ? fault.shown : fault.at.via)];
  switch (fault.kind) {
    case 'deadlock':
      return error(
        'soundness-deadlock',
        node,
        `Expected every token at ${node} to go on, but one can wait there for others that never come`,
        showing(run, node, 'waits-for-ever'),
      );
    case 'leftover':
      return error(
        'soundness-leftover',
        node,
        `Expected every token at ${node} to go on, but one can be left there while the rest of the flow goes on`,
        showing(run, node, 'waits-for-ever'),
      );
    case 'never-ends':
      return error(
        'soundness-never-ends',
        node,
        `Expected a way to the end from ${node}, but the flow can come to go round there for ever`,
        run,
      );
    case 'twice':
      return error(
        'soundness-twice',
        node,
        `Expected one token at a time at ${node}, but two can be there at once, and all that follows is done twice`,
        showing(run, node, 'twice'),
      );
  }
}

/** A loop without a wait on which nothing changes. */
export function endlessFinding(entry: string, loop: readonly string[], trace: readonly TraceStep[]): Finding {
  const around: TraceStep[] = loop.map((elementId) => ({ elementId }));
  return error(
    'soundness-endless-loop',
    entry,
    `Expected something to wait for in the loop over ${loop.join(', ')}, but a token goes round it without end`,
    [...trace, ...around],
    { nodes: loop.join(', ') },
  );
}

/** A play that went on and on. */
export function restlessFinding(step: Step, stage: Stage, before: readonly TraceStep[]): Finding {
  const trace = [...before, ...(step.from ? traceTo(stage, step.from.via) : [])];
  const elementId = step.move?.owner.node ?? step.start ?? stage.part.scope;
  return error(
    'soundness-endless-loop',
    elementId,
    `Expected the flow to come to rest after ${elementId}, but it goes on without end`,
    trace,
    { nodes: elementId },
  );
}

/** Nodes no run comes to. Of those that follow each other only the first is named. */
export function deadFindings(
  whole: CompiledDefinition,
  reached: ReadonlyMap<string, () => readonly TraceStep[]>,
  decided: boolean,
): readonly Finding[] {
  if (!decided) return [];
  return Object.values(whole.scopes).flatMap((scope) => {
    const dead = Object.values(scope.nodes).filter(({ id }) => !reached.has(id));
    if (dead.length === Object.keys(scope.nodes).length) return unreachedScope(scope);
    const names = new Set(dead.map(({ id }) => id));
    const first = dead.filter((node) => !leadInto(scope, node).some((one) => names.has(one)));
    const shown = first.length > 0 ? first : dead.slice(0, 1);
    return shown.map((node) => deadFinding(scope, node, dead.length - shown.length, reached));
  });
}

/** Of a scope nothing of which is reached, the event that never starts it is named; a host is named where it lies. */
function unreachedScope(scope: ScopeDefinition): readonly Finding[] {
  if (scope.kind !== 'event-sub-process') return [];
  const start = scope.nodes[scope.starts[0] ?? ''];
  return start
    ? [
        error(
          'soundness-unreachable-event',
          start.id,
          `Expected ${start.id} to happen in some case, but nothing can start it`,
          [],
        ),
      ]
    : [];
}

function leadInto(scope: ScopeDefinition, { id, boundary }: IrNode): readonly string[] {
  return [...flowsIn(scope, id).map(({ from }) => from), ...(boundary ? [boundary.attachedTo] : [])];
}

function deadFinding(
  scope: ScopeDefinition,
  node: IrNode,
  others: number,
  reached: ReadonlyMap<string, () => readonly TraceStep[]>,
): Finding {
  const waits = node.boundary?.trigger ?? (node.body.kind === 'catch' ? node.body.trigger : undefined);
  const [before] = leadInto(scope, node).flatMap((id) => reached.get(id) ?? []);
  const trace = before ? before() : [];
  if (waits && comesFromOutside(waits))
    return error(
      'soundness-unreachable-event',
      node.id,
      `Expected ${node.id} to happen in some case, but none waits for it`,
      trace,
      { others },
    );
  return error('soundness-dead', node.id, `Expected some case to come to ${node.id}, but none can`, trace, { others });
}

/** The check gave up before it had played everything. */
export function undecidedFinding(
  bounds: readonly string[],
  { states, plays, playsInAll }: { readonly states: number; readonly plays: number; readonly playsInAll: number },
): Finding {
  return {
    rule: 'soundness-not-decided',
    severity: 'warning',
    message: `Expected to play every way of the flow, but the bound was reached first (${bounds.join(', ')}; ${states} states and ${plays} plays a scope, ${playsInAll} plays in all)`,
    params: { bounds: bounds.join(', '), states, plays, playsInAll },
  };
}
