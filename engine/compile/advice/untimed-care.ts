import type { CompiledDefinition } from '../../ir/definition.ts';
import { type AdviceRule, warning } from './advised.ts';
import { handledBy } from './hospital-work.ts';
import { enclosing, isTimed, type Place, placesOf, scopeAround } from './places.ts';

/** A step of care or of drugs that may wait for ever: no due time, and no timer on it or on anything around it. */
export const untimedCare: AdviceRule = ({ definition, resolved }) => {
  const handles = handledBy(resolved);
  return placesOf(definition)
    .filter(({ node }) => node.body.kind === 'task' && ['care', 'drugs'].includes(handles(node) ?? ''))
    .filter((place) => !enclosing(definition, place).every((way) => way.some((one) => isLimited(definition, one))))
    .map(({ node }) =>
      warning('untimed-care', node.id, 'a due time or a timer on every clinical step', `${node.id} may wait for ever`),
    );
};

function isLimited(definition: CompiledDefinition, { scope, node }: Place): boolean {
  const boundaries = node.boundaries.map((id) => scope.nodes[id]?.boundary);
  if (boundaries.some((one) => one && isTimed(one.trigger))) return true;
  if (node.body.kind === 'task' && node.body.task.dueAt !== undefined) return true;
  const around = scope.kind === 'event-sub-process' ? scopeAround(definition, scope.id) : undefined;
  return [scope, around].some((one) =>
    one?.eventScopes.some((event) => event.scope !== scope.id && isTimed(event.trigger)),
  );
}
