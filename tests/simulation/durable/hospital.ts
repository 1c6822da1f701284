import {
  type IncidentRecord,
  type JsonObject,
  openTasksOf,
  type Person,
  type TaskRecord,
} from '../../../engine/index.ts';
import type { Random } from '../../oracle/random.ts';
import type { Bank } from './bank.ts';
import { type Clients, formOf, type Intent } from './clients.ts';
import type { FlowKey } from './flows.ts';
import type { Scheduler } from './scheduler.ts';
import { isSeparated, type SeenCase } from './seen-case.ts';
import { staff } from './staff.ts';
import type { Witness } from './witness.ts';

/** The one hospital of the simulation. */
export const tenantId = '01900000-0000-7000-8000-000000000001';

type OpenTask = { readonly seen: SeenCase; readonly task: TaskRecord };
type OpenIncident = { readonly seen: SeenCase; readonly incident: IncidentRecord };

/** What its people do: they start cases, take up tasks, repair what is stuck. They know what is stored, as a list on a screen shows it. */
export class Hospital {
  readonly clients: Clients;
  readonly witness: Witness;
  readonly bank: Bank;
  readonly random: Random;
  private readonly scheduler: Scheduler;
  /** Tasks nobody should complete yet. */
  mayComplete: (task: TaskRecord, seen: SeenCase) => boolean = () => true;
  private keys = 0;

  constructor(parts: { clients: Clients; witness: Witness; bank: Bank; random: Random; scheduler: Scheduler }) {
    this.clients = parts.clients;
    this.witness = parts.witness;
    this.bank = parts.bank;
    this.random = parts.random;
    this.scheduler = parts.scheduler;
  }

  casesOf(flow: FlowKey): SeenCase[] {
    return [...this.witness.cases.values()].filter((seen) => seen.flow === flow);
  }

  openTasks(): OpenTask[] {
    return [...this.witness.cases.values()].flatMap((seen) =>
      (seen.state ? openTasksOf(seen.state) : [])
        .filter((task) => this.mayComplete(task, seen))
        .map((task) => ({ seen, task })),
    );
  }

  openIncidents(): OpenIncident[] {
    return [...this.witness.cases.values()].flatMap((seen) =>
      Object.values(seen.state?.incidents ?? {}).map(({ incident }) => ({ seen, incident })),
    );
  }

  start(processKey: FlowKey, variables: Record<string, string | number>): Intent {
    const by = this.random.pick(staff);
    const key = this.newKey();
    const version = this.random.chance(65) ? { version: 1 } : {};
    const request = { tenantId, by, key, processKey, ...version };
    return this.clients.want({
      name: `${by.id}/${key}`,
      send: (engine) => engine.start({ ...request, variables }),
      sendOther: (engine) => engine.start({ ...request, variables: { ...variables, amount: 1 } }),
    });
  }

  publish(messageId: string, messageName: string, correlationKey: string, payload: JsonObject = {}): Intent {
    return this.clients.want({
      name: messageId,
      async send(engine) {
        await engine.publishMessage({ tenantId, messageId, messageName, correlationKey, payload, source: 'adt' });
        return { ok: true, value: undefined };
      },
    });
  }

  /** Somebody takes up a task at random, perhaps one who may not. */
  takeUpSome(): Intent | undefined {
    const tasks = this.openTasks();
    if (tasks.length === 0) return undefined;
    const { seen, task } = this.random.pick(tasks);
    if (this.clients.openOn(task.taskId) >= 2) return undefined;
    const by = this.random.pick(staff);
    if (this.random.chance(15)) return this.claim(seen, task, by);
    if (task.assignee !== undefined && this.random.chance(25)) return this.release(seen, task, by);
    return this.complete(seen, task, by, this.random.chance(40));
  }

  /** The person who can, does: for every task and incident nobody has taken up. False when there is none. */
  takeUpNext(): boolean {
    for (const { seen, task } of this.openTasks()) {
      if (this.clients.openOn(task.taskId) > 0) continue;
      const able = staff.filter((one) => seen.state && !isSeparated(seen.state, task.elementId, one));
      const by = able.find((one) => one.id === task.assignee) ?? able[0];
      if (by) this.complete(seen, task, by, false);
      if (by) return true;
    }
    return this.openIncidents().some((open) => this.repair(open));
  }

  /** Somebody looks after an incident; false when it has to wait. */
  repair({ seen, incident }: OpenIncident): boolean {
    const { incidentId, code, jobId } = incident;
    if (this.clients.openOn(incidentId) > 0) return false;
    // Nobody decides what became of a request that may still arrive.
    if (jobId !== undefined && this.scheduler.calls.some((call) => call.about === jobId)) return false;
    const by = this.random.pick(staff);
    const key = this.newKey();
    const base = { tenantId, by, key, caseId: seen.caseId, incidentId };
    const moved = jobId !== undefined && this.bank.effects.has(jobId);
    this.clients.want({
      ...{ name: `${by.id}/${key}`, taskId: incidentId },
      send: (engine) =>
        code === 'job-outcome-unknown'
          ? engine.settleJob({ ...base, outcome: moved ? 'done' : 'send-again', output: {} })
          : engine.retryIncident(base),
    });
    return true;
  }

  cancel(seen: SeenCase): Intent {
    const by = this.random.pick(staff);
    const key = this.newKey();
    return this.clients.want({
      ...{ name: `${by.id}/${key}`, taskId: seen.caseId },
      send: (engine) => engine.cancelCase({ tenantId, by, key, caseId: seen.caseId, reason: 'not needed' }),
    });
  }

  private complete(seen: SeenCase, task: TaskRecord, by: Person, insists: boolean): Intent {
    const { request, intent } = this.onTask(seen, task, by);
    const override = insists ? { override: { reason: 'nobody else' } } : {};
    const variables = formOf(task, by);
    return this.clients.want({
      ...intent,
      send: (engine) => engine.complete({ ...request, variables, ...override }),
      sendOther: (engine) => engine.complete({ ...request, variables: { ...variables, other: true }, ...override }),
    });
  }

  private claim(seen: SeenCase, task: TaskRecord, by: Person): Intent {
    const { request, intent } = this.onTask(seen, task, by);
    return this.clients.want({ ...intent, send: (engine) => engine.claim(request) });
  }

  private release(seen: SeenCase, task: TaskRecord, by: Person): Intent {
    const { request, intent } = this.onTask(seen, task, by);
    return this.clients.want({ ...intent, send: (engine) => engine.release(request) });
  }

  private onTask({ caseId }: SeenCase, { taskId }: TaskRecord, by: Person) {
    const key = this.newKey();
    return { request: { tenantId, by, key, caseId, taskId }, intent: { name: `${by.id}/${key}`, taskId } };
  }

  private newKey(): string {
    this.keys += 1;
    return `k${this.keys}`;
  }
}
