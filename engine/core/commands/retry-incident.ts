import { emit, numberOfId, type Run, tokenOf } from '../run.ts';
import { armEventScope, closeHosted, eventScopeOf } from '../scopes.ts';
import type { OpenIncident } from '../state.ts';
import { closeWaits } from '../waits.ts';
import { type Handler, reject } from './answer.ts';
import { accept } from './tasks.ts';

/** A person has put things right: the case goes on from where it stopped. */
export const retryIncident: Handler<'RetryIncident'> = (run, command) => {
  const n = numberOfId(run.draft.caseId, command.incidentId);
  const open = n === undefined ? undefined : run.draft.incidents[n];
  if (n === undefined || !open)
    return reject('incident-not-found', 'an open incident', `there is no incident ${command.incidentId} in this case`);
  accept(run, command);
  emit(run, { type: 'IncidentResolved', n, how: 'retried' });
  goOn(run, open);
  return undefined;
};

function goOn(run: Run, { job, token, scope, node }: OpenIncident): void {
  const failed = job === undefined ? undefined : run.draft.jobs[job];
  if (job !== undefined && failed) emit(run, { type: 'JobRequestedAgain', n: job, job: failed.job });
  else if (token !== undefined && run.draft.tokens[token]) goOnAt(run, token);
  else if (run.draft.scopes[scope]) {
    const eventScope = eventScopeOf(run, scope, node);
    if (eventScope) armEventScope(run, scope, eventScope);
  }
}

function goOnAt(run: Run, token: number): void {
  const { phase, output } = tokenOf(run, token);
  if (phase === 'leaving') run.queue.push({ kind: 'leave', token });
  else if (phase === 'completing') run.queue.push({ kind: 'complete', token, output: output ?? {} });
  else {
    closeHosted(run, token);
    closeWaits(run, token);
    if (phase !== 'arrived') emit(run, { type: 'TokenPhased', n: token, phase: 'arrived' });
    run.queue.push({ kind: 'begin', token });
  }
}
