import { type ElementLowering, passing } from '../element.ts';

/** Abstract and manual tasks are done outside any system: the token goes straight through. */
export const task: ElementLowering = { type: 'bpmn:Task', lower: () => ({ body: passing }) };

/** See `task`. */
export const manualTask: ElementLowering = { type: 'bpmn:ManualTask', lower: () => ({ body: passing }) };
