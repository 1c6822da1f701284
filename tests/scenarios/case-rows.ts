import type { CaseState } from '../../engine/index.ts';
import { viewCase } from '../../engine/replay/view-case.ts';
import type { CaseRows } from './world.ts';

/** The rows a case with this state must have. */
export function rowsOfState(state: CaseState): CaseRows {
  const view = viewCase(state);
  return {
    tasks: view.tasks.map((task) => task.taskId),
    timers: view.timers.map((timer) => timer.timerId),
    deliveries: deliverable(view.jobs, view.incidents),
    subscriptions: view.subscriptions.map((subscription) => subscription.subscriptionId),
    incidents: view.incidents.map((incident) => incident.incidentId),
  };
}

/** A job with an open incident waits for a person, not for a delivery. */
function deliverable(
  jobs: readonly { readonly jobId: string }[],
  incidents: readonly { readonly jobId?: string }[],
): string[] {
  const stuck = new Set(incidents.map((incident) => incident.jobId));
  return jobs.map((job) => job.jobId).filter((jobId) => !stuck.has(jobId));
}

/** Where a case's rows are not those its state asks for. */
export function compareRows(expected: CaseRows, rows: CaseRows, caseId: string): string[] {
  const pairs: readonly [string, readonly string[], readonly string[]][] = [
    ['tasks', expected.tasks, rows.tasks],
    ['timers', expected.timers, rows.timers],
    ['deliveries', expected.deliveries, rows.deliveries],
    ['subscriptions', expected.subscriptions, rows.subscriptions],
    ['incidents', expected.incidents, rows.incidents],
  ];
  return pairs.flatMap(([name, wanted, found]) => {
    const same = JSON.stringify([...wanted].sort()) === JSON.stringify([...found].sort());
    return same ? [] : [`case ${caseId}: the state has ${name} ${wanted.join(', ')}, the rows are ${found.join(', ')}`];
  });
}
