import type { AdHoc } from '../../ir/kernel.ts';
import type { Rejection } from '../rejection.ts';
import { definitionOf, emit, numbersOf, type Run } from '../run.ts';
import { placeToken } from '../tokens.ts';
import { type Handler, reject } from './answer.ts';
import { accept } from './tasks.ts';

type Place = { readonly elementId: string; readonly scopeId?: string };
type Found = { readonly n: number; readonly adHoc: AdHoc };

/** Enters an activity of an ad-hoc sub-process. A sequential one has one thing under way at a time. */
export const enterActivity: Handler<'EnterActivity'> = (run, command) => {
  const found = findAdHoc(run, command);
  if ('code' in found) return found;
  const { n, adHoc } = found;
  const { activityId } = command;
  if (!adHoc.activities.includes(activityId))
    return reject('invalid-input', `an activity of ${command.elementId} that may begin`, `${activityId} is none`);
  if (adHoc.ordering === 'sequential' && isBusy(run, n))
    return reject('invalid-input', `nothing under way in ${command.elementId}`, 'something is, and it is sequential');
  accept(run, command);
  placeToken(run, n, activityId);
  return undefined;
};

/** Completes an ad-hoc sub-process by decision of a person. */
export const completeAdHoc: Handler<'CompleteAdHoc'> = (run, command) => {
  const found = findAdHoc(run, command);
  if ('code' in found) return found;
  if (isBusy(run, found.n)) return reject('invalid-input', `nothing under way in ${command.elementId}`, 'something is');
  accept(run, command);
  emit(run, { type: 'ScopePhased', n: found.n, phase: 'interrupted' });
  return undefined;
};

/** The ad-hoc sub-process meant, open for new activities: the one named, or the oldest of the element. */
function findAdHoc(run: Run, { elementId, scopeId }: Place): Found | Rejection {
  for (const n of numbersOf(run.draft.scopes)) {
    const { adHoc, elementId: element } = definitionOf(run, n);
    const isMeant = element === elementId && (scopeId === undefined || scopeId === String(n));
    if (adHoc && isMeant && run.draft.scopes[n]?.phase === 'active') return { n, adHoc };
  }
  return reject('invalid-input', `ad-hoc sub-process ${elementId} under way`, 'it is not');
}

function isBusy(run: Run, n: number): boolean {
  return Object.values(run.draft.tokens).some(({ scope }) => scope === n);
}
