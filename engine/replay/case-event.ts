import type { CaseEvent, CaseEventType } from '../core/event.ts';
import type { Json } from '../core/json.ts';

/** Every type of event this version can fold. A record, so that a new type must be named here. */
const KNOWN: Readonly<Record<CaseEventType, true>> = {
  CaseStarted: true,
  CommandAccepted: true,
  JoinResetting: true,
  ActorRecorded: true,
  CaseModified: true,
  CaseMigrated: true,
  ScopeRebound: true,
  TokenRebound: true,
  WaitRebound: true,
  CaseKeysSet: true,
  CaseEnded: true,
  ScopeOpened: true,
  ScopePhased: true,
  ScopeClosed: true,
  VariablesWritten: true,
  TokenPlaced: true,
  TokenMoved: true,
  TokenPhased: true,
  TokenEnded: true,
  NodeCompleted: true,
  TaskOpened: true,
  TaskClaimed: true,
  TaskReleased: true,
  TaskClosed: true,
  TimerScheduled: true,
  TimerClosed: true,
  Subscribed: true,
  Unsubscribed: true,
  MessageReceived: true,
  MessagePublished: true,
  SignalThrown: true,
  JobRequested: true,
  JobRequestedAgain: true,
  JobClosed: true,
  ConditionArmed: true,
  ConditionAsked: true,
  ConditionClosed: true,
  ErrorThrown: true,
  EscalationThrown: true,
  DecisionMade: true,
  RepeatChanged: true,
  CompensationRecorded: true,
  CompensationsTaken: true,
  CompensationPending: true,
  IncidentRaised: true,
  IncidentResolved: true,
};

/**
 * Whether an opened event is one this version can fold. Only the type is looked at: what the chain vouches for was
 * written by `decide` and is not shaped again.
 */
export function isCaseEvent(event: unknown): event is CaseEvent {
  if (typeof event !== 'object' || event === null || !('type' in event)) return false;
  return typeof event.type === 'string' && Object.hasOwn(KNOWN, event.type);
}

/** The events this version can fold, and the first it cannot. */
export function knownEvents(events: readonly Json[]): { readonly events: CaseEvent[]; readonly unknownAt?: number } {
  const known: CaseEvent[] = [];
  for (const [index, event] of events.entries()) {
    if (!isCaseEvent(event)) return { events: known, unknownAt: index };
    known.push(event);
  }
  return { events: known };
}
