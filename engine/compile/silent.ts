import type { LowerContext } from '../elements/element.ts';
import { triggerOf } from './event-definitions.ts';

/** For whoever only looks at what a node waits for: findings about it were reported when it was lowered. */
export const silent: LowerContext = {
  report: () => undefined,
  lowerScope: () => '',
  triggerOf: (event) => triggerOf(event, silent),
  throwOf: () => undefined,
  linkTarget: () => undefined,
};
