import type { Result } from '../core/rejection.ts';
import type { Engine } from './engine.ts';
import type { CommandBody, Situation } from './handle-command.ts';

/** What `Engine.settleJob` is asked. */
export type Settlement = Parameters<Engine['settleJob']>[0];

/** Makes the command by which a person says what really became of a job whose outcome is unknown. */
export function makeSettlement({ state }: Situation, request: Settlement): Result<CommandBody> {
  const { by, incidentId, outcome, output, errorCode } = request;
  const open = Object.values(state?.incidents ?? {}).find(({ incident }) => incident.incidentId === incidentId);
  const jobId = open?.incident.jobId;
  if (jobId === undefined) {
    const message = `Expected an open incident ${incidentId} of a job, but there is none`;
    return { ok: false, rejection: { code: 'incident-not-found', message } };
  }
  switch (outcome) {
    case 'done':
      return { ok: true, value: { type: 'CompleteJob', by, jobId, output } };
    case 'error': {
      if (errorCode === undefined) {
        const message = 'Expected the code of the error that happened, but there was none';
        return { ok: false, rejection: { code: 'invalid-input', message } };
      }
      const message = 'Settled by a person';
      return { ok: true, value: { type: 'ThrowJobError', by, jobId, errorCode, message, output } };
    }
    case 'send-again':
      return { ok: true, value: { type: 'RetryIncident', by, incidentId } };
  }
}
