import type { IrNode } from '../../ir/kernel.ts';
import { flowsOut } from '../../ir/routing.ts';
import { writtenCodes } from '../../ir/value-source.ts';
import { type AdviceRule, warning } from './advised.ts';
import { handledBy } from './hospital-work.ts';
import { type Place, placesOf, reachedWithout } from './places.ts';

/** Two steps of one process with money, or with drugs, that one person could do alone: no separation of duties is declared between them. */
export const undividedDuties: AdviceRule = ({ definition, resolved }) => {
  const handles = handledBy(resolved);
  const steps = placesOf(definition).flatMap(({ scope, node }) => {
    const what = handles(node);
    return node.body.kind === 'task' && (what === 'money' || what === 'drugs') ? [{ node, scope, what }] : [];
  });
  return steps.flatMap((step, index) => {
    const { node, what } = step;
    const alone = steps
      .slice(0, index)
      .filter((other) => other.what === what && canFollow(other, step) && couldBeOnePerson(other.node, node))
      .map((other) => other.node.id);
    if (alone.length === 0) return [];
    const but = `one person may do ${node.id} and ${alone.join(', ')}`;
    const expected = `a separation of duties between steps with ${what}`;
    return [warning('undivided-duties', node.id, expected, but, { others: alone.join(', '), what })];
  });
};

/** Whether one case can come to both: not where they lie on ways that exclude each other. */
function canFollow(one: Place, other: Place): boolean {
  if (one.scope.processId !== other.scope.processId) return false;
  if (one.scope.id !== other.scope.id) return true;
  const after = (place: Place) => reachedWithout(place.scope, leaving(place), () => false);
  return after(one).has(other.node.id) || after(other).has(one.node.id);
}

function leaving({ scope, node }: Place): readonly string[] {
  return [node.id, ...node.boundaries].flatMap((id) => flowsOut(scope, id).map(({ to }) => to));
}

function couldBeOnePerson(one: IrNode, other: IrNode): boolean {
  if (one.body.kind !== 'task' || other.body.kind !== 'task') return false;
  const [first, second] = [one.body.task, other.body.task];
  const divided =
    first.eligibility.notActorOf.includes(other.id) ||
    second.eligibility.notActorOf.includes(one.id) ||
    first.eligibility.notPersons !== undefined ||
    second.eligibility.notPersons !== undefined;
  const [roles, others] = [writtenCodes(first.candidateGroups), writtenCodes(second.candidateGroups)];
  const shared = roles.length === 0 || others.length === 0 || roles.some((role) => others.includes(role));
  return !divided && shared;
}
