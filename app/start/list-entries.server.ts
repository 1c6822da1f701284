import type { AppLoadContext } from '@remix-run/node';
import type { Person } from '../../engine/index.ts';
import { type DiagramProcess, readPublishedDiagram } from '../diagram/read-diagram.server.ts';
import type { FlowEntry, Named } from '../server/services.ts';

/** A way into a flow, on its current version. */
export type StartEntry = FlowEntry & {
  readonly key: string;
  readonly version: number;
  readonly flow: Named;
  readonly formId?: string;
  readonly startEventId: string;
  readonly patient: DiagramProcess['patient'];
};

/** Whether the person's roles let them start it. */
export function mayStart(entry: FlowEntry, person: Person): boolean {
  return entry.starters.length === 0 || entry.starters.some((role) => person.roles.includes(role));
}

/**
 * Ways into one flow's current version: those the flow names, and for a flow that names none every process a person
 * can begin and no other process calls. Undefined when there is no such flow.
 */
export async function entriesOf(context: AppLoadContext, key: string): Promise<readonly StartEntry[] | undefined> {
  const { services } = context;
  const found = await services.readModels.getPackage({ tenantId: services.tenantId, key });
  if (!found) return undefined;
  const { processes } = await readPublishedDiagram(found.hash, found.package.bpmn);
  const named = services.flowEntries[key];
  const flow = found.package.title;
  return processes.flatMap((process) => {
    const own = named?.find((entry) => entry.processId === process.id);
    if (!process.start || (named ? !own : process.called)) return [];
    const single = processes.filter((one) => one.start && !one.called).length === 1;
    const plain: FlowEntry = { processId: process.id, title: single ? flow : process.name, starters: [] };
    const { eventId, formId } = process.start;
    const { patient } = process;
    return [{ ...(own ?? plain), key, flow, version: found.version, formId, startEventId: eventId, patient }];
  });
}

/** Everything the person may start, in the order of the flows. */
export async function listEntries(context: AppLoadContext, person: Person): Promise<readonly StartEntry[]> {
  const { readModels, tenantId } = context.services;
  const flows = await readModels.listTitles({ tenantId });
  const all = await Promise.all(flows.map((flow) => entriesOf(context, flow.key)));
  return all.flatMap((entries) => entries ?? []).filter((entry) => mayStart(entry, person));
}
