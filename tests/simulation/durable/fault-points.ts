/** Every place where a node does input or output: each is one call through a port, and waits until the scheduler lets it go on. */
export const callPoints = [
  'cases.load',
  'cases.commit',
  'cases.entries',
  'definitions.current',
  'definitions.byVersion',
  'definitions.byHash',
  'messages.publish',
  'messages.find',
  'messages.correlate',
  'messages.returnUndelivered',
  'jobs.lease',
  'jobs.postpone',
  'jobs.drop',
  'directory.peopleOnDuty',
  'keys.create',
  'keys.open',
  'connector.perform',
  'connector.query',
  'client.request',
  'client.answer',
] as const;

/** A place of input or output. */
export type CallPoint = (typeof callPoints)[number];

/**
 * What may be done to one call. The node dies before its call takes effect, or after it and before it learns of it; the call fails without or
 * after its effect; or it takes so long, on the way there or back, that clocks run on and leases run out.
 */
export const callFaults = [
  'node killed before',
  'node killed after',
  'fails before',
  'fails after',
  'slow before',
  'slow after',
] as const;

/** A fault of one call. */
export type CallFault = (typeof callFaults)[number];

/** Faults that belong to no call. */
export const happenings = [
  'node killed at rest',
  'clock set forward',
  'clock set back',
  'notification lost',
  'notification late',
  'notification doubled',
  'client gives up waiting',
  'command sent twice at once',
  'command repeated after its answer',
  'key reused for another command',
  'message published twice',
  'two persons at one task',
  'result after the lease ran out',
  'receiver refuses for good',
  'receiver fails for now',
  'receiver is silent, nothing done',
  'receiver is silent, all done',
] as const;

/** A fault that belongs to no call. */
export type Happening = (typeof happenings)[number];

/** On the way to and from a client there is nothing that could fail by itself: it takes its time, or the node dies. */
const neverFail: ReadonlySet<CallPoint> = new Set(['client.request', 'client.answer']);

/** Name of a fault of a call, as it stands in traces and reports. */
export function pointName(point: CallPoint, fault: CallFault): string {
  return `${point}: ${fault}`;
}

/** All fault points; the number of one is its place here. */
export const faultPoints: readonly string[] = [
  ...callPoints.flatMap((point) =>
    callFaults
      .filter((fault) => !(neverFail.has(point) && fault.startsWith('fails')))
      .map((fault) => pointName(point, fault)),
  ),
  ...happenings,
];
