import { predicateOf } from '../../feel/index.ts';
import type { ScopeDefinition } from '../../ir/definition.ts';
import type { IrNode } from '../../ir/kernel.ts';
import { flowsOut } from '../../ir/routing.ts';
import { type AdviceRule, warning } from './advised.ts';
import { isTimed, placesOf, reachedWithout } from './places.ts';
import { judge } from './term-values.ts';

const saysYes = /approv|agree|accept|pass|consent|confirm|同意|通过|批准|认可/i;
const saysNo = /reject|refus|disapprov|disagree|decline|deny|return|不同意|不通过|驳回|拒绝|退回/i;
const decides = /approv|review|verif|check|confirm|consent|sign|审|批准|复核|核对|确认|签/i;

/**
 * An approval that is given by waiting: from a timer on a person's decision, or racing with it, the case goes on where a yes would have taken
 * it, and nobody has decided.
 */
export const timedApproval: AdviceRule = ({ definition }) =>
  placesOf(definition).flatMap(({ scope, node }) => {
    if (node.body.kind !== 'task') return [];
    return timersOn(scope, node)
      .filter((timer) => goesOnAsApproved(scope, node, timer))
      .map((timer) => {
        const but = `${timer} goes on as if ${node.id} had approved, and nobody has`;
        return warning('timed-approval', timer, 'a person to decide', but, { task: node.id });
      });
  });

function timersOn(scope: ScopeDefinition, { boundaries }: IrNode): readonly string[] {
  return boundaries.filter((id) => {
    const boundary = scope.nodes[id]?.boundary;
    return boundary?.interrupting === true && isTimed(boundary.trigger);
  });
}

function goesOnAsApproved(scope: ScopeDefinition, task: IrNode, timer: string): boolean {
  const isHuman = (node: IrNode) => node.body.kind === 'task';
  const afterTimer = reachedWithout(scope, targetsOf(scope, timer), isHuman);
  const { yes, no } = answersTo(scope, task);
  if (yes.length > 0) {
    const refused = reachedWithout(scope, no, isHuman);
    const approved = new Set([...yes, ...reachedWithout(scope, yes, isHuman)]);
    return [...approved].some(
      (id) => !refused.has(id) && !no.includes(id) && (afterTimer.has(id) || leadsTo(scope, timer, id)),
    );
  }
  // One way out: whoever completes the task says yes by it.
  const named = decides.test(`${task.id} ${task.name ?? ''} ${task.nameEn ?? ''}`);
  return (
    named && no.length === 0 && targetsOf(scope, task.id).some((id) => afterTimer.has(id) || leadsTo(scope, timer, id))
  );
}

function targetsOf(scope: ScopeDefinition, id: string): readonly string[] {
  return flowsOut(scope, id).map(({ to }) => to);
}

function leadsTo(scope: ScopeDefinition, from: string, to: string): boolean {
  return targetsOf(scope, from).includes(to);
}

/** Where the ways lead that are taken after a yes and after a no, at the task itself or at the gateway behind it. */
function answersTo(scope: ScopeDefinition, task: IrNode): { yes: readonly string[]; no: readonly string[] } {
  const [only, ...more] = targetsOf(scope, task.id);
  const next = only === undefined || more.length > 0 ? task : (scope.nodes[only] ?? task);
  const ways = flowsOut(scope, next.id);
  if (ways.length < 2) return { yes: [], no: [] };
  const said = ways.map(({ flow, to }) => ({ to, answer: answerOf(next, flow) }));
  const explicit = said.filter(({ answer }) => answer !== undefined);
  // With a yes or a no among them, the others mean the opposite.
  const opposite = explicit.length === 0 ? undefined : explicit.every(({ answer }) => answer === 'no') ? 'yes' : 'no';
  const of = (wanted: 'yes' | 'no') => said.filter(({ answer }) => (answer ?? opposite) === wanted).map(({ to }) => to);
  return { yes: of('yes'), no: of('no') };
}

function answerOf(node: IrNode, flow: string): 'yes' | 'no' | undefined {
  const condition = node.conditions[flow];
  if (condition === undefined) return undefined;
  if (saysNo.test(condition)) return 'no';
  if (!saysYes.test(condition)) return undefined;
  return isNegated(condition) ? 'no' : 'yes';
}

/** Whether the condition asks for its only term to be false: `not(approved)`, `approved = false`, `decision != "approve"`. */
function isNegated(condition: string): boolean {
  const predicate = predicateOf(condition);
  if (predicate?.kind === 'not') return true;
  if (predicate?.kind !== 'compare') return false;
  return judge(predicate, new Map([[predicate.term.text, { kind: 'other' }]])) === true || isFalse(predicate.literal);
}

function isFalse(literal: { readonly type: string; readonly value?: unknown }): boolean {
  return literal.type === 'boolean' && literal.value === false;
}
