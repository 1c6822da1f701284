// Every kind of event definition: one line each.
export { cancelEvent } from './cancel.ts';
export { compensationEvent } from './compensation.ts';
export { conditionalEvent } from './conditional.ts';
export { errorEvent } from './error.ts';
export { escalationEvent } from './escalation.ts';
export { linkEvent } from './link.ts';
export { messageEvent } from './message.ts';
export { signalEvent } from './signal.ts';
export { terminateEvent } from './terminate.ts';
export { timerEvent } from './timer.ts';
