import type { CaseTrail, CaseView } from '../../engine/index.ts';
import type { DiagramMarks } from './create-viewer.client.ts';

/** Where a case has been, stands and is stuck, as marks on its diagram. */
export function marksOf(view: Pick<CaseView, 'tokens' | 'incidents'>, trail: CaseTrail): DiagramMarks {
  const all = (ids: readonly string[], mark: string) => ids.map((id): [string, string] => [id, mark]);
  const tokens = new Map<string, number>();
  for (const { elementId, count } of view.tokens) tokens.set(elementId, (tokens.get(elementId) ?? 0) + count);
  return {
    // The later mark of an element wins: a repeated step that runs again is shown as running.
    classes: Object.fromEntries([
      ...all(Object.keys(trail.flowsTaken), 'case-taken'),
      ...all(Object.keys(trail.completed), 'case-done'),
      ...all([...tokens.keys()], 'case-active'),
      ...all(
        view.incidents.map((incident) => incident.elementId),
        'case-stuck',
      ),
    ]),
    badges: Object.fromEntries([...tokens].map(([id, count]) => [id, `● ${count}`])),
  };
}
