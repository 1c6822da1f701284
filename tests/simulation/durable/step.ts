import { type FailureMeaning, StoreFailure } from '../../../engine/index.ts';
import type { Running } from './schedule.ts';
import { type Call, quiet } from './scheduler.ts';

/** What a step came to. */
export type Went = 'on' | 'finished';

const minute = 60_000;

/** Lets one thing happen: a call goes on, a person acts, time passes, a node dies or comes back. */
export async function stepOf(running: Running): Promise<Went> {
  const went = running.faults.on ? await stormyStep(running) : await calmStep(running);
  await quiet();
  return went;
}

async function stormyStep(running: Running): Promise<Went> {
  const { random, scheduler, nodes, faults } = running;
  if (chanceOfOutsideFault(running)) return 'on';
  const ready = scheduler.ready();
  const down = nodes.filter((node) => !node.up);
  const draw = random.below(100);
  if (down.length > 0 && (draw < 15 || down.length === nodes.length)) startNode(running, random.pick(down).index);
  else if (draw < 35 && act(running)) return 'on';
  else if (ready.length > 0 && draw < 93) await letGoOn(running, random.pick(ready));
  else await passTime(running);
  if (faults.happens('client gives up waiting', 1)) running.clients.giveUpOne();
  return 'on';
}

/** Nodes die and clocks are set without anybody having asked for it. */
function chanceOfOutsideFault(running: Running): boolean {
  const { random, nodes, faults, trace } = running;
  const up = nodes.filter((node) => node.up);
  const [node] = random.shuffled(up);
  if (!node) return false;
  if (faults.happens('node killed at rest', 0.3)) {
    kill(running, node.index, 'at rest');
    return true;
  }
  if (faults.happens('clock set forward', 0.5)) node.skew = random.between(1, 5 * minute);
  else if (faults.happens('clock set back', 0.5)) node.skew = -random.between(1, 5 * minute);
  else return false;
  trace.push(`clock of node ${node.index} is set to ${node.skew} ms`);
  return true;
}

function act(running: Running): boolean {
  const { random, clients, hospital, plan, faults, trace } = running;
  const waiting = clients.waiting();
  const answered = clients.intents.filter((intent) => intent.state === 'acknowledged');
  if (plan.playing.some((story) => story.goOn?.(hospital))) return true;
  if (answered.length > 0 && faults.happens('command repeated after its answer', 2))
    clients.send(random.pick(answered));
  const other = answered.filter((intent) => intent.sendOther);
  if (other.length > 0 && faults.happens('key reused for another command', 2))
    clients.send(random.pick(other), 'sendOther');
  const said = answered.filter((intent) => !intent.answer);
  if (said.length > 0 && faults.happens('message published twice', 5)) clients.send(random.pick(said));
  if (waiting.length > 0) {
    const intent = random.pick(waiting);
    trace.push(`${intent.name} is sent`);
    if (faults.happens('command sent twice at once', 3)) clients.send(intent);
    return clients.send(intent);
  }
  const taken = hospital.takeUpSome();
  if (taken) {
    if (taken.taskId !== undefined && clients.openOn(taken.taskId) > 1) faults.note('two persons at one task');
    return true;
  }
  const incident = hospital.openIncidents()[0];
  return incident !== undefined && hospital.repair(incident);
}

/** Lets a call go on, or does it a fault. */
async function letGoOn(running: Running, call: Call): Promise<void> {
  const { faults, scheduler, random, trace } = running;
  const fault = faults.ofCall(call.point, call.carriedOut);
  trace.push(
    `${call.node} ${call.point} ${call.about}${call.carriedOut ? ' answered' : ''}${fault ? `: ${fault}` : ''}`,
  );
  switch (fault) {
    case 'node killed before':
      return kill(running, call.node, 'before');
    case 'fails before':
      scheduler.remove(call);
      return call.fail(failureOf(call, random.chance(50) ? 'retry' : 'unknown-outcome'));
    case 'slow before':
      call.heldUntil = scheduler.now + random.between(1, 4 * minute);
      return;
  }
  if (!call.carriedOut) await call.carryOut();
  if (call.point === 'connector.perform') running.witness.checkMoney();
  call.carriedOut = true;
  switch (fault) {
    case 'node killed after':
      return kill(running, call.node, 'after');
    case 'fails after':
      scheduler.remove(call);
      return call.fail(failureOf(call, 'unknown-outcome'));
    case 'slow after':
      call.heldUntil = scheduler.now + random.between(1, 4 * minute);
      return;
  }
  scheduler.remove(call);
  call.answer();
}

/** How a call fails: a store says what that means, whatever else is called just breaks. */
function failureOf({ point }: Call, meaning: FailureMeaning): Error {
  if (point.startsWith('keys.') || point.startsWith('connector.')) return new Error(`Expected ${point} to answer`);
  return new StoreFailure(meaning, 'CONNECTION_CLOSED');
}

function kill({ nodes, clients, trace }: Running, index: number, when: string): void {
  const node = nodes[index];
  if (!node) return;
  node.kill();
  clients.nodeDied(node);
  trace.push(`node ${index} is killed ${when}`);
}

function startNode({ nodes, trace }: Running, index: number): void {
  nodes[index]?.start();
  trace.push(`node ${index} starts`);
}

async function passTime({ scheduler, random, stores, trace }: Running): Promise<void> {
  const next = scheduler.nextMoment();
  const due = Date.parse((await stores.jobs.nextDue()) ?? '');
  const moments = [next, Number.isNaN(due) ? undefined : due].flatMap((moment) =>
    moment !== undefined && moment > scheduler.now ? [moment] : [],
  );
  // Looking for work every few seconds until the next is due would only make the schedule long.
  const goal = random.chance(60) ? Math.max(...moments) : Math.min(...moments);
  scheduler.passUntil(Number.isFinite(goal) ? Math.min(goal, scheduler.now + 40 * minute) : scheduler.now + minute);
  trace.push(`time passes until ${scheduler.now}`);
}

/** Without faults: nodes come back, clocks are right, whatever can go on does, and then the next thing is done that is left. */
async function calmStep(running: Running): Promise<Went> {
  const { nodes, scheduler, random, clients, hospital, plan } = running;
  for (const node of nodes) node.skew = 0;
  const down = nodes.find((node) => !node.up);
  if (down) startNode(running, down.index);
  const ready = scheduler.ready();
  if (ready.length > 0) {
    await letGoOn(running, random.pick(ready));
    return 'on';
  }
  const [waiting] = clients.waiting();
  if (waiting) clients.send(waiting);
  else if (plan.playing.some((story) => story.goOn?.(hospital)) || hospital.takeUpNext()) return 'on';
  else if (await isFinished(running)) return 'finished';
  else await passTime(running);
  return 'on';
}

async function isFinished({ witness, clients, scheduler, plan, hospital, stores }: Running): Promise<boolean> {
  if (clients.busy || scheduler.calls.length > 0) return false;
  if (![...witness.cases.values()].every((seen) => seen.ended)) return false;
  if (!plan.playing.every((story) => story.isOver?.(hospital) ?? true)) return false;
  return (await stores.jobs.nextDue()) === undefined;
}
