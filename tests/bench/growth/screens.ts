import { findCases } from '../../../app/cases/find-cases.server.ts';
import { readPublishedDiagram } from '../../../app/diagram/read-diagram.server.ts';
import { loadInbox } from '../../../app/inbox/load-inbox.server.ts';
import { loadOperations } from '../../../app/operations/load-operations.server.ts';
import { postgresPrints } from '../../../app/print/postgres-prints.server.ts';
import { postgresReadAudit } from '../../../app/security/postgres-read-audit.server.ts';
import { recordRead } from '../../../app/security/record-read.server.ts';
import type { RequestContext } from '../../../app/server/request-context.ts';
import { fakeContext, fakeServices } from '../../../app/server/services.fixture.ts';
import type { Json, Person } from '../../../engine/index.ts';
import { hospital } from '../../scenarios/world.ts';
import type { GrownDatabase } from './grown-database.ts';

/** What was put into a grown database, as far as the screens are asked for it. */
export type Asked = {
  readonly withHistory: readonly string[];
  readonly patients: readonly string[];
  readonly acts: readonly Act[];
};

/** A task of a running case, and what it is completed with. */
export type Act = {
  readonly caseId: string;
  readonly taskId: string;
  readonly by: string;
  readonly variables: Readonly<Record<string, Json>>;
};

/** Something people do that has to cost the same however many cases there are. `turn` counts its calls. */
export type Deed = {
  readonly name: string;
  readonly judged: boolean;
  readonly call: (turn: number) => Promise<unknown>;
};

/** Staff of different groups; everybody is on duty. */
const people = ['clerk-ma', 'ph-feng', 'tech-liang', 'disp-xiao', 'rad-song', 'dr-wang', 'hn-guo', 'desk-luo'];

/** What the screens do on a grown database: by the application's own loaders and questions, everything but the rendering. */
export async function deedsOn(grown: GrownDatabase, asked: Asked): Promise<readonly Deed[]> {
  const { database, engine, readModels, directory } = grown;
  const clock = { now: () => new Date().toISOString() };
  const services = fakeServices({
    overrides: {
      ...{ tenantId: hospital, clock, engine, readModels, directory },
      ...{ readAudit: postgresReadAudit(database), prints: postgresPrints(database) },
    },
  });
  const staff = await Promise.all(people.map((id) => personOf(grown, id)));
  const contexts = new Map<Person, RequestContext>(staff.map((person) => [person, fakeContext(person, services)]));
  const as = (turn: number) => {
    const person = pick(staff, turn);
    return { person, context: contexts.get(person) ?? fakeContext(person, services) };
  };
  const find = (name: string, filters: (turn: number) => Parameters<typeof findCases>[1], judged = false): Deed => ({
    ...{ name, judged },
    call: (turn) => findCases(as(turn).context, filters(turn), 'cases'),
  });
  return [
    {
      ...{ name: 'opening the inbox', judged: true },
      call: (turn) => loadInbox(as(turn).context, as(turn).person, { view: undefined }),
    },
    {
      ...{ name: 'opening a case', judged: true },
      call: (turn) => openCase(as(turn), pick(asked.withHistory, turn * 7)),
    },
    { name: 'completing a task', judged: true, call: (turn) => complete(grown, asked.acts[turn]) },
    find("finding a patient's cases", (turn) => ({ patient: pick(asked.patients, turn) }), true),
    {
      ...{ name: 'the overdue tasks', judged: false },
      call: (turn) => loadInbox(as(turn).context, as(turn).person, { view: 'overdue' }),
    },
    find('the list of cases', () => ({})),
    find('running cases of a flow', () => ({ flow: 'return-then-refund', status: 'active' })),
    find('cases of two days, a year ago', () => ({ from: daysAgo(365), to: daysAgo(364) })),
    find('a patient by number', (turn) => ({ text: pick(asked.patients, turn) })),
    find('cases of a member of staff', () => ({ actor: 'fa-lin' })),
    { name: 'the operations room', judged: false, call: (turn) => loadOperations(as(turn).context) },
  ];
}

/** What a case's page asks for; its loader itself needs the texts, which only the built application can read. */
async function openCase({ context, person }: { context: RequestContext; person: Person }, caseId: string) {
  const { readModels, engine, tenantId, prints } = context.services;
  const found = await readModels.getCase({ tenantId, caseId });
  const history = await readModels.listHistory({ tenantId, caseId });
  if (!found || !history?.replaysToStoredState) throw new Error(`Expected case ${caseId} with its history`);
  await readPublishedDiagram(found.row.definitionHash, found.package.bpmn);
  const { patientId } = found.row;
  await recordRead(context, { screen: 'case', caseId, patientIds: patientId ? [patientId] : [] });
  await engine.startableWork({ tenantId, by: person, caseId });
  await prints.ofCase({ tenantId, caseId });
  for (const { taskId } of found.view.tasks) await engine.mayWorkOn({ tenantId, by: person, caseId, taskId });
}

async function complete({ engine, ...grown }: GrownDatabase, act: Act | undefined): Promise<void> {
  if (!act) throw new Error('Expected more running cases to complete tasks of, but there are none left');
  const { caseId, taskId, variables } = act;
  const by = await personOf(grown, act.by);
  const answer = await engine.complete({ tenantId: hospital, by, key: `${taskId}-done`, caseId, taskId, variables });
  if (!answer.ok) throw new Error(`Expected task ${taskId} to be completed, but ${answer.rejection.message}`);
}

async function personOf({ directory }: Pick<GrownDatabase, 'directory'>, id: string): Promise<Person> {
  const found = await directory.person(hospital, id, new Date().toISOString());
  if (!found) throw new Error(`Expected a member of staff ${id}, but there is none`);
  return found;
}

function pick<T>(list: readonly T[], turn: number): T {
  const one = list[turn % list.length];
  if (one === undefined) throw new Error('Expected something to choose from, but there is nothing');
  return one;
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}
