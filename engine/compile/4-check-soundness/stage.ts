import type { CompiledDefinition, ProcessDefinition, ScopeDefinition } from '../../ir/definition.ts';
import type { Body, EventScope, IrNode } from '../../ir/kernel.ts';
import { flowsOut } from '../../ir/routing.ts';
import { emitMachine } from '../5-emit-machines.ts';
import { bareAdHoc, bareNode, bareThrow, bareTrigger, passing, work } from './bare.ts';
import { anyCode, either, noCode, type Outcomes } from './outcomes.ts';
import {
  canBeUndone,
  cancelledAround,
  comesFromOutside,
  kindsOf,
  type Part,
  scopeIn,
  scopesRunBy,
  throwsOf,
  undoesContent,
} from './parts.ts';
import { straightLoops } from './straight-loops.ts';

/**
 * A part as the engine can play it alone: the scope's own machine, its nodes without data, and every scope under it replaced by what it can
 * come to. Only what can be undone from here stays as it is drawn.
 */
export type Stage = {
  readonly definition: CompiledDefinition;
  readonly part: Part;
  /** Process that is started to play the part. */
  readonly root: string;
  /** Codes an activity may end with instead of completing, by node. */
  readonly errors: ReadonlyMap<string, readonly string[]>;
  /** Activities that never complete. */
  readonly endless: ReadonlySet<string>;
};

/** What is known of the scopes around and inside a part. */
export type Around = {
  /** What a scope run inside it can come to. */
  readonly outcomesOf: (scope: string) => Outcomes;
  /** Ways of a scope that are parts of their own. */
  readonly asideIn: (scope: ScopeDefinition) => ReadonlySet<string>;
};

type Staging = {
  readonly whole: CompiledDefinition;
  readonly around: Around;
  readonly undoes: boolean;
  readonly scopes: Map<string, ScopeDefinition>;
  readonly errors: Map<string, readonly string[]>;
  readonly endless: Set<string>;
};

/** Sets the stage for a part. */
export function stageFor(whole: CompiledDefinition, part: Part, around: Around): Stage {
  const undoes = undoesContent(whole, part.scope);
  const staging: Staging = { whole, around, undoes, scopes: new Map(), errors: new Map(), endless: new Set() };
  addScope(staging, part.scope, true);
  const { starts = [], tokens } = part;
  const triggered = tokens === undefined ? starts : [];
  const root = rootFor(staging, part.scope);
  const process: ProcessDefinition = {
    processId: root,
    starts: triggered.map((startEventId) => ({
      processId: root,
      startEventId,
      kind: 'none' as const,
      ...togetherWith(whole, part.scope, startEventId),
    })),
  };
  if (tokens !== undefined)
    beginAt(
      staging,
      part.scope,
      starts.flatMap((start) => Array.from({ length: tokens }, () => start)),
    );
  const definition = {
    ...whole,
    processes: { [root]: process },
    scopes: Object.fromEntries(staging.scopes),
    decisions: {},
    elements: [],
    messageNames: [],
  };
  return { definition, part, root, errors: staging.errors, endless: staging.endless };
}

function addScope(staging: Staging, id: string, isRoot: boolean): void {
  const scope = scopeIn(staging.whole, id);
  if (!scope || staging.scopes.has(id)) return;
  staging.scopes.set(id, scope);
  const loops = straightLoops(scope).nodes;
  const aside = staging.around.asideIn(scope);
  const nodes = Object.values(scope.nodes).map((node) => {
    const stopped = loops.has(node.id) && !throwsOf(node).some(({ kind }) => kind === 'link');
    const staged = bareNode(node, stopped ? work : bodyFor(staging, scope, node));
    const boundaries = stopped ? [] : node.boundaries.filter((one) => !aside.has(one));
    return [node.id, { ...staged, conditions: freeChoices(scope, node), boundaries }] as const;
  });
  const eventScopes = scope.eventScopes.flatMap((one) => stagedEventScope(staging, one, isRoot) ?? []);
  staging.scopes.set(id, {
    ...scope,
    ...withoutSideWays(scope, Object.fromEntries(nodes), aside),
    ...(scope.adHoc ? { adHoc: bareAdHoc(scope.adHoc) } : {}),
    processId: id,
    eventScopes,
  });
}

/**
 * Ways out of a gateway are chosen freely, those without a condition too: who forgot one did not mean that the others are never taken, and
 * lint tells him.
 */
function freeChoices(scope: ScopeDefinition, { id, split, conditions }: IrNode): IrNode['conditions'] {
  const out = flowsOut(scope, id);
  if ((split !== 'exclusive' && split !== 'inclusive') || out.length < 2) return conditions;
  return Object.fromEntries(out.map(({ flow }) => [flow, conditions[flow] ?? 'free']));
}

/** Flows that lead aside end at once; where they led is a part of its own. Without any the machine stays the one of the definition. */
function withoutSideWays(
  scope: ScopeDefinition,
  nodes: ScopeDefinition['nodes'],
  aside: ReadonlySet<string>,
): Pick<ScopeDefinition, 'nodes' | 'machine'> {
  const flows = Object.keys(nodes).flatMap((id) =>
    flowsOut(scope, id).map(({ flow, from, to }) => ({ id: flow, from, to })),
  );
  const cut = flows.filter(({ id }) => aside.has(id));
  if (cut.length === 0) return { nodes, machine: scope.machine };
  const ends = cut.map(({ id }) => passing(`${id}#aside`));
  const all = { ...nodes, ...Object.fromEntries(ends.map((end) => [end.id, end])) };
  const led = flows.map((flow) => (aside.has(flow.id) ? { ...flow, to: `${flow.id}#aside` } : flow));
  return { nodes: all, machine: emitMachine({ ...scope, nodes: all, flows: led }) };
}

/** Nodes at which a case that begins here waits as well. */
function togetherWith(
  { processes }: CompiledDefinition,
  id: string,
  start: string,
): { readonly together?: readonly string[] } {
  const known = Object.hasOwn(processes, id) ? processes[id]?.starts : undefined;
  const together = known?.find(({ startEventId }) => startEventId === start)?.together;
  return together ? { together } : {};
}

/** A scope without beginning is played inside one that runs nothing else. */
function rootFor({ scopes }: Staging, id: string): string {
  if (!scopes.get(id)?.adHoc) return id;
  const root = `${id}#around`;
  const host = passing(`${id}#host`, { body: { kind: 'scope', scope: id } });
  scopes.set(root, scopeOf(root, 'process', [host], [], [host.id]));
  return root;
}

function beginAt(staging: Staging, id: string, starts: readonly string[]): void {
  const scope = staging.scopes.get(id);
  if (scope) staging.scopes.set(id, { ...scope, starts });
}

/**
 * An event sub-process the world can start changes nothing for the rest but that it may end it, and is a part of its own. One that is thrown to
 * stays as a mere start, so that it is known whether it is reached. One that undoes stays whole.
 */
function stagedEventScope(staging: Staging, one: EventScope, isRoot: boolean): EventScope | undefined {
  const trigger = bareTrigger(one.trigger, one.start);
  if (one.trigger.kind === 'compensation' && isRoot) return undefined;
  if (one.trigger.kind === 'compensation' || undoesContent(staging.whole, one.scope)) {
    addScope(staging, one.scope, false);
    return { ...one, trigger };
  }
  if (kindsOf(one.trigger).every((kind) => kind !== 'error' && kind !== 'escalation')) return undefined;
  const scope = `${one.scope}#start`;
  staging.scopes.set(scope, scopeOf(scope, 'event-sub-process', [passing(one.start)], [], [one.start]));
  return { ...one, trigger, scope };
}

function bodyFor(staging: Staging, scope: ScopeDefinition, node: IrNode): Body {
  const { body } = node;
  if (!node.repeat && body.kind !== 'scope' && body.kind !== 'call') return ownBody(staging, scope, node);
  const children = scopesRunBy(staging.whole, node);
  const [only] = children;
  if (staging.undoes && only !== undefined && children.length === 1 && canBeUndone(staging.whole, only)) {
    addScope(staging, only, false);
    return { kind: 'scope', scope: only };
  }
  return activityOf(staging, scope, node, either([...children.map(staging.around.outcomesOf), ...thrownByRuns(node)]));
}

/** What the runs of a repeated activity throw when they complete. */
function thrownByRuns({ repeat }: IrNode): readonly Outcomes[] {
  const throws = (repeat?.events ?? []).flatMap((event) => event.throws);
  const codes = (kind: 'error' | 'escalation') =>
    throws.flatMap((one) => {
      if (one.kind !== kind) return [];
      const { code } = one;
      return [code && 'literal' in code ? String(code.literal) : noCode];
    });
  if (throws.length === 0) return [];
  const [errors, escalations] = [new Set(codes('error')), new Set(codes('escalation'))];
  return [{ completes: false, waits: false, errors, escalations, cancels: false }];
}

function ownBody(staging: Staging, scope: ScopeDefinition, node: IrNode): Body {
  const { body } = node;
  switch (body.kind) {
    case 'job':
      staging.errors.set(node.id, relevantCodes(scope, node, new Set([anyCode])));
      return work;
    case 'task':
      return work;
    case 'pass':
      return { kind: 'pass', acts: [] };
    case 'catch':
      return { kind: 'catch', trigger: bareTrigger(body.trigger, node.id) };
    case 'throw': {
      if (!throwsOf(node).some((one) => one.kind === 'error' && one.code !== undefined && 'feel' in one.code))
        return { kind: 'throw', throws: bareThrow(body.throws) };
      staging.errors.set(node.id, relevantCodes(scope, node, new Set([anyCode])));
      staging.endless.add(node.id);
      return work;
    }
    default:
      return body;
  }
}

/** Where any code may come, those that some place here tells apart, and one that none knows. */
function relevantCodes(scope: ScopeDefinition, node: IrNode, codes: ReadonlySet<string>): readonly string[] {
  if (!codes.has(anyCode)) return [...codes];
  const triggers = [
    ...node.boundaries.flatMap((id) => scope.nodes[id]?.boundary?.trigger ?? []),
    ...scope.eventScopes.map(({ trigger }) => trigger),
  ].flatMap((trigger) => (trigger.kind === 'any' ? trigger.triggers : [trigger]));
  const known = triggers.flatMap((one) => (one.kind === 'error' && one.code !== undefined ? [one.code] : []));
  return [...new Set([...codes, ...known])];
}

function activityOf(staging: Staging, scope: ScopeDefinition, node: IrNode, outcomes: Outcomes): Body {
  const codes = relevantCodes(scope, node, outcomes.errors);
  if (!outcomes.waits || outcomes.cancels || outcomes.escalations.size > 0)
    return standIn(staging, node, outcomes, codes);
  if (codes.length > 0) staging.errors.set(node.id, codes);
  if (!outcomes.completes) staging.endless.add(node.id);
  return work;
}

/** A scope that can come to just what the real one can, chosen freely. */
function standIn(staging: Staging, node: IrNode, outcomes: Outcomes, codes: readonly string[]): Body {
  const { id } = node;
  const [transaction] = scopesRunBy(staging.whole, node).flatMap((one) => cancelledAround(staging.whole, one) ?? []);
  const cancel = { kind: 'cancel' as const, ...(transaction === undefined ? {} : { transaction }) };
  const scope = `${id}#stand-in`;
  const [wait, after] = [`${id}#runs`, outcomes.waits ? `${id}#runs` : `${id}#after`];
  const thrown = (kind: 'error' | 'escalation', code: string) =>
    passing(`${id}#${kind}:${code}`, { body: { kind: 'throw', throws: { kind, code: { literal: code } } } });
  const escalations = [...outcomes.escalations].map((code) => thrown('escalation', code));
  const ends = [
    ...(outcomes.completes ? [passing(`${id}#completes`)] : []),
    ...(outcomes.cancels ? [passing(`${id}#cancels`, { body: { kind: 'throw', throws: cancel } })] : []),
    ...codes.map((code) => thrown('error', code)),
  ];
  const flows = [
    ...[...escalations, ...(outcomes.waits ? ends : [])].map((to) => flowBetween(wait, to.id)),
    ...escalations.map((from) => flowBetween(from.id, after)),
    ...(outcomes.waits ? [] : [flowBetween(wait, after), ...ends.map((to) => flowBetween(after, to.id))]),
  ];
  const choosing = (name: string, more: Partial<IrNode>) =>
    passing(name, {
      ...more,
      conditions: Object.fromEntries(flows.flatMap(({ id: flow, from }) => (from === name ? [[flow, 'way']] : []))),
    });
  const nodes = [
    choosing(wait, outcomes.waits ? { body: work } : {}),
    ...(outcomes.waits ? [] : [choosing(after, {})]),
    ...escalations,
    ...ends,
  ];
  staging.scopes.set(scope, scopeOf(scope, 'sub-process', nodes, flows, [wait]));
  if (flows.length === 0) staging.endless.add(wait);
  return { kind: 'scope', scope };
}

function flowBetween(from: string, to: string) {
  return { id: `${from}→${to}`, from, to };
}

function scopeOf(
  id: string,
  kind: ScopeDefinition['kind'],
  nodes: readonly IrNode[],
  flows: readonly { readonly id: string; readonly from: string; readonly to: string }[],
  starts: readonly string[],
): ScopeDefinition {
  const scope = {
    id,
    kind,
    processId: id,
    elementId: id,
    starts,
    nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
    flowOrder: flows.map((flow) => flow.id),
    eventScopes: [],
  };
  return { ...scope, machine: emitMachine({ ...scope, flows }) };
}

/** Whether the world can start an event sub-process of this scope, other than by throwing to it. */
export function startsFromOutside(one: EventScope): boolean {
  return comesFromOutside(one.trigger);
}
