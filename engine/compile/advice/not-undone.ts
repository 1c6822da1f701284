import type { CompiledDefinition } from '../../ir/definition.ts';
import type { IrNode } from '../../ir/kernel.ts';
import { type AdviceRule, warning } from './advised.ts';
import { actionOf, handledBy, undoneBy } from './hospital-work.ts';
import { enclosing, type Place, placesOf } from './places.ts';

/** A job that takes money or gives drugs away, in a flow that neither compensates for it nor has a step that takes it back. */
export const notUndone: AdviceRule = ({ definition, resolved }) => {
  const handles = handledBy(resolved);
  return placesOf(definition)
    .filter(({ node }) => ['money', 'drugs'].includes(handles(node) ?? '') && stays(definition, node))
    .filter((place) => !enclosing(definition, place).every((way) => way.some(isCompensated)))
    .map(({ node }) => {
      const expected = 'a compensation, or a step that takes it back, for what takes money or gives drugs away';
      return warning('not-undone', node.id, expected, `${node.id} has none`);
    });
};

/** Whether the node takes effect and no job of the package takes that back. */
function stays(definition: CompiledDefinition, { body }: IrNode): boolean {
  const undo = body.kind === 'job' ? undoneBy(body.job.jobType) : undefined;
  return undo !== undefined && !placesOf(definition).some(({ node }) => isJobLike(node, undo));
}

function isJobLike({ body }: IrNode, action: RegExp): boolean {
  return body.kind === 'job' && action.test(actionOf(body.job.jobType));
}

/** What undoes something needs no undoing itself. */
function isCompensated({ node }: Place): boolean {
  return node.compensatedBy !== undefined || node.isCompensation === true;
}
