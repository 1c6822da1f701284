import {
  type CaseEvent,
  type CaseState,
  type Command,
  type CompiledDefinition,
  decide,
  type Effect,
  openTasksOf,
  type Person,
} from '../engine/index.ts';

/** One command of a run: what was said to the case, what happened, what was asked of the world. */
export type RunStep = {
  readonly command: Body;
  readonly events: readonly CaseEvent[];
  readonly effects: readonly Effect[];
};

type Body = Command extends infer C ? (C extends Command ? Omit<C, 'id' | 'caseId' | 'at' | 'by'> : never) : never;

const somebody: Person = {
  kind: 'person',
  id: 'somebody',
  name: 'Somebody',
  roles: [],
  department: '',
  credentials: [],
  onDuty: true,
};

const began = '2026-01-01T00:00:00.000Z';

/** Loops of the diagram end a run after so many commands. */
const most = 200;

/**
 * Plays the first process of a definition on its plain way: every task is done, every job answered, every message comes, in the order in which they
 * were asked for; boundary events and event sub-processes stay quiet. A condition of a flow holds every other time it is asked, so loops are left.
 */
export function defaultRun(definition: CompiledDefinition): readonly RunStep[] {
  const steps: RunStep[] = [];
  const answer = everyOtherTime(definition);
  let state: CaseState | null = null;
  let next: { readonly body: Body; readonly at: string } | undefined = { body: firstCommand(definition), at: began };
  while (next && steps.length < most) {
    const { body, at } = next;
    const base = { id: `command-${steps.length + 1}`, caseId: 'case', at, by: somebody };
    const decision = decide(definition, state, { ...base, ...body }, answer);
    if (!decision.ok) return steps;
    steps.push({ command: body, events: decision.events, effects: decision.effects });
    state = decision.state;
    next = nextCommand(definition, decision.state);
  }
  return steps;
}

function everyOtherTime(definition: CompiledDefinition): (feel: string) => boolean | undefined {
  const nodes = Object.values(definition.scopes).flatMap((scope) => Object.values(scope.nodes));
  const ofFlows = new Set(nodes.flatMap(({ conditions }) => Object.values(conditions)));
  const held = new Set<string>();
  return (feel) => {
    if (!ofFlows.has(feel)) return undefined;
    return held.delete(feel) ? false : held.add(feel) !== undefined;
  };
}

function firstCommand({ processes }: CompiledDefinition): Body {
  const [first] = Object.values(processes);
  if (!first) throw new Error('Expected a process, but there is none');
  const start = first.starts.find(({ kind }) => kind === 'none') ?? first.starts[0];
  return {
    type: 'StartCase',
    processId: first.processId,
    variables: {},
    ...(start ? { startEventId: start.startEventId } : {}),
  };
}

function nextCommand(definition: CompiledDefinition, state: CaseState): { body: Body; at: string } | undefined {
  const { at } = state;
  const isOnTheWay = ({
    scope,
    node,
    token,
  }: {
    readonly scope: number;
    readonly node: string;
    readonly token?: number;
  }) => {
    const within = definition.scopes[state.scopes[scope]?.definition ?? ''];
    return token !== undefined && within?.nodes[node]?.boundary === undefined;
  };
  const [task] = openTasksOf(state);
  if (task) return { at, body: { type: 'CompleteTask', taskId: task.taskId, variables: {} } };
  const [job] = Object.values(state.jobs);
  if (job) return { at, body: { type: 'CompleteJob', jobId: job.job.jobId, output: {} } };
  const heard = Object.values(state.subscriptions).find(isOnTheWay);
  if (heard) {
    const { subscriptionId } = heard.subscription;
    return { at, body: { type: 'DeliverMessage', subscriptionId, messageId: 'message', payload: {} } };
  }
  const [timer] = Object.entries(state.timers).filter(([, one]) => isOnTheWay(one));
  return timer && { at: timer[1].dueAt, body: { type: 'FireTimer', timerId: `${state.caseId}-${timer[0]}` } };
}
