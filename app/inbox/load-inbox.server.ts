import type { AppLoadContext } from '@remix-run/node';
import type { TaskListItem, TaskListView } from '../../db/read-models.ts';
import type { Person } from '../../engine/index.ts';
import { recordRead } from '../security/record-read.server.ts';
import { flowTitles } from '../server/flow-titles.server.ts';
import { readPatient } from '../ui/patient.ts';
import type { InboxData, InboxRow } from './inbox-data.ts';

const pageSize = 50;
const views: readonly TaskListView[] = ['mine', 'groups', 'overdue'];

/** A page of the inbox. Without a view asked for, what the person holds; if that is nothing, what their groups can take. */
export async function loadInbox(
  context: AppLoadContext,
  person: Person,
  asked: { view: unknown; cursor?: string; search?: string },
): Promise<InboxData> {
  const { services } = context;
  const { tenantId, readModels } = services;
  const wanted = views.find((view) => view === asked.view);
  const search = asked.search || undefined;
  const query = { tenantId, person, search, cursor: asked.cursor, limit: pageSize };
  const first = await readModels.listTasks({ ...query, view: wanted ?? 'mine' });
  const view = wanted ?? (first.counts.mine === 0 && first.counts.groups > 0 ? 'groups' : 'mine');
  const list = wanted || view === 'mine' ? first : await readModels.listTasks({ ...query, view });
  const titles = await flowTitles(services);
  await recordRead(context, { screen: 'inbox', patientIds: list.items.flatMap((item) => item.patientId ?? []) });
  return {
    view,
    counts: list.counts,
    rows: list.items.map((item) => asRow(item, person, titles)),
    nextCursor: list.nextCursor,
    now: services.clock.now(),
  };
}

function asRow(item: TaskListItem, person: Person, titles: Awaited<ReturnType<typeof flowTitles>>): InboxRow {
  const { task } = item;
  const patient = readPatient(item.patient);
  return {
    caseId: item.caseId,
    taskId: task.taskId,
    name: { 'zh-CN': task.name, en: task.nameEn ?? task.name },
    flow: titles(item.processKey),
    businessKey: item.businessKey,
    patient: patient && {
      name: patient.name,
      sex: patient.sex,
      age: patient.age,
      ward: patient.ward,
      bed: patient.bed,
      patientId: patient.patientId,
      allergic: (patient.allergies?.length ?? 0) > 0,
    },
    dueAt: task.dueAt,
    createdAt: task.createdAt,
    urgent: task.priority > 50,
    mine: task.assignee === person.id,
  };
}
