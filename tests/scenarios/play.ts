import { parseState } from '../../engine/core/state-text.ts';
import type { CaseState, CaseView } from '../../engine/index.ts';
import { type CaseTrail, trailOf } from '../../engine/replay/trail.ts';
import { viewCase } from '../../engine/replay/view-case.ts';
import { hospital, type World } from './world.ts';

/** A scenario under way: its world, and the cases its steps have named. */
export type Play = {
  readonly world: World;
  /** Ids by name. */
  readonly cases: Map<string, string>;
  /** The case a step means when it names none. */
  current?: string;
  /** Counts requests and messages, so each has a key of its own. */
  sent: number;
};

/** A case as it is stored now. */
export type Seen = {
  readonly caseId: string;
  readonly state: CaseState;
  readonly view: CaseView;
  readonly completed: CaseTrail['completed'];
};

/** Remembers a case under its name, or a numbered one, and makes it the current. */
export function nameCase(play: Play, caseId: string, name: string | undefined): void {
  play.cases.set(name ?? `case ${play.cases.size + 1}`, caseId);
  play.current = caseId;
}

/** The case a step means. Thrown when it names an unknown one. */
export async function seeCase(play: Play, step: { readonly case?: string }): Promise<Seen> {
  const caseId = step.case === undefined ? play.current : play.cases.get(step.case);
  if (caseId === undefined)
    throw new Error(`Expected a case named ${step.case ?? 'by an earlier step'}, but there is none`);
  const { case: stored } = await play.world.probe.stores.cases.load({ tenantId: hospital, caseId });
  if (!stored) throw new Error(`Expected case ${caseId} in the store, but it is not there`);
  const state = parseState(stored.state);
  const entries = await play.world.probe.stores.cases.entries({ tenantId: hospital, caseId });
  const { completed } = trailOf(entries.flatMap(({ header }) => header.events));
  return { caseId, state, view: viewCase(state), completed };
}

/** A request's part that is the same for everybody's commands. */
export async function requestOf(play: Play, by: string) {
  play.sent += 1;
  return { tenantId: hospital, by: await play.world.person(by), key: `scenario-${play.sent}` };
}

/** What stands where in a case, in one line. */
export function describeCase({ view }: Seen): string {
  if (view.status === 'ended') return `ended (${view.outcome})`;
  const tokens = view.tokens.map(({ elementId, count }) => (count > 1 ? `${elementId}×${count}` : elementId));
  const incidents = view.incidents.map(({ elementId, code, message }) => `${elementId}: ${code} (${message})`);
  const stuck = incidents.length > 0 ? ` INCIDENTS ${incidents.join('; ')}` : '';
  return `at ${tokens.join(', ') || 'nothing'}${stuck}`;
}
