import { emit, nextNumber, outsideId, type Run, type Stuck, tokenOf } from './run.ts';
import type { WaitOwner } from './state.ts';

/** Leaves a token where it is and asks a person to act. */
export function raiseAt(run: Run, token: number, stuck: Stuck): void {
  const { scope, node } = tokenOf(run, token);
  raise(run, { scope, token, node }, stuck);
}

/** Raises an incident at a place of the case. */
export function raise(
  run: Run,
  owner: WaitOwner,
  stuck: Stuck,
  job?: { readonly n: number; readonly jobId: string },
): void {
  const n = nextNumber(run);
  emit(run, {
    type: 'IncidentRaised',
    n,
    owner,
    ...(job ? { job: job.n } : {}),
    incident: {
      incidentId: outsideId(run, n),
      elementId: owner.node,
      ...stuck,
      ...(job ? { jobId: job.jobId } : {}),
      raisedAt: run.at,
    },
  });
}
