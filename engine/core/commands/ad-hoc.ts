import type { AdHoc, IrNode, PeopleTemplate } from '../../ir/kernel.ts';
import type { Actor } from '../actor.ts';
import { checkEligibility } from '../check-eligibility.ts';
import { eligibilityOf } from '../eligibility-of.ts';
import { contextIn } from '../expression.ts';
import { recordActor } from '../record-actor.ts';
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
  const stranger = refuseStranger(run, found, command.by, activityId);
  if (stranger) return stranger;
  if (adHoc.ordering === 'sequential' && isBusy(run, n))
    return reject('phase-busy', `nothing under way in ${command.elementId}`, 'something is, and it is sequential');
  accept(run, command);
  placeToken(run, n, activityId);
  return undefined;
};

/** Completes an ad-hoc sub-process by decision of a person. */
export const completeAdHoc: Handler<'CompleteAdHoc'> = (run, command) => {
  const found = findAdHoc(run, command);
  if ('code' in found) return found;
  const stranger = refuseStranger(run, found, command.by);
  if (stranger) return stranger;
  if (isBusy(run, found.n)) return reject('phase-busy', `nothing under way in ${command.elementId}`, 'something is');
  accept(run, command);
  recordActor(run, command.elementId, command.by.id);
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
  return reject('phase-not-open', `ad-hoc sub-process ${elementId} under way`, 'it is not');
}

/**
 * Who may enter an activity, or complete the whole: whom the sub-process names; where it names nobody, whoever could do the activity, or one of
 * them. To enter is not to do: what keeps duties apart is asked when the work itself is done.
 */
function refuseStranger(run: Run, { n, adHoc }: Found, by: Actor, activityId?: string): Rejection | undefined {
  let refusal: Rejection | undefined;
  for (const people of adHoc.people ? [adHoc.people] : doersOf(run, n, activityId)) {
    const rule = eligibilityOf(run, people, contextIn(run, n));
    if (!rule.ok) return reject('invalid-input', 'a rule that says who may', rule.stuck.message);
    const verdict = checkEligibility(rule.value, by, run.draft.actors);
    if (verdict.ok) return undefined;
    refusal ??= verdict.rejection;
  }
  return refusal;
}

/** Who may do an activity that is a user task; for any other, who may do one of the user tasks beside it. */
function doersOf(run: Run, n: number, activityId: string | undefined): readonly PeopleTemplate[] {
  const { nodes } = definitionOf(run, n);
  const own = activityId === undefined ? undefined : nodes[activityId];
  return own?.body.kind === 'task' ? peopleDoing(own) : Object.values(nodes).flatMap(peopleDoing);
}

function peopleDoing({ body }: IrNode): readonly PeopleTemplate[] {
  if (body.kind !== 'task') return [];
  const { notPersons: _, ...eligibility } = body.task.eligibility;
  return [{ ...body.task, eligibility: { ...eligibility, notActorOf: [] } }];
}

function isBusy(run: Run, n: number): boolean {
  return Object.values(run.draft.tokens).some(({ scope }) => scope === n);
}
