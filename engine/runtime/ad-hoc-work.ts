import type { Person } from '../core/actor.ts';
import { decide } from '../core/decide.ts';
import type { Rejection } from '../core/rejection.ts';
import type { StartableWork } from './engine.ts';
import type { CommandBody, Situation } from './handle-command.ts';

/** What may be begun in the ad-hoc sub-processes under way. Asks core what it would say to each command, so no page can answer otherwise. */
export function startableWork({ state, definition, at, caseId, stored }: Situation, by: Person): StartableWork {
  const refusalOf = (body: CommandBody): Rejection | undefined => {
    const decision = decide(definition.compiled, state ?? null, { ...body, id: 'dry-run', caseId, at });
    return decision.ok ? undefined : decision.rejection;
  };
  const phases = Object.entries(state?.scopes ?? {}).flatMap(([scopeId, { definition: id, phase, processId }]) => {
    const { adHoc, elementId } = definition.compiled.scopes[id] ?? {};
    if (!adHoc || elementId === undefined || phase !== 'active') return [];
    const place = { elementId, scopeId };
    const activities = adHoc.activities.map((activityId) => ({
      activityId,
      refusal: refusalOf({ type: 'EnterActivity', by, ...place, activityId }),
    }));
    return [{ ...place, processId, activities, completionRefusal: refusalOf({ type: 'CompleteAdHoc', by, ...place }) }];
  });
  return { version: stored?.version ?? 0, phases };
}
